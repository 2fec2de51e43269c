// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.TabButton {
    id: tab

    implicitWidth: implicitContentWidth
    implicitHeight: Math.max(44, Theme.scaled(44))
    width: implicitWidth
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: Theme.text
    font.weight: checked ? Font.DemiBold : Font.Normal

    Accessible.role: Accessible.PageTab
    Accessible.name: text
    Accessible.selected: checked
    Accessible.onPressAction: if (tab.enabled) tab.toggle()

    background: Item {
        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 3
            radius: 1.5
            visible: tab.checked
            color: Theme.color.brand
        }

        FocusRing {
            shown: LastInput.byKey && tab.activeFocus
            around: Theme.radiusSmall
            anchors.margins: 0
            anchors.leftMargin: -8
            anchors.rightMargin: -8
            anchors.topMargin: 4
            anchors.bottomMargin: 6
        }
    }

    contentItem: Text {
        text: tab.text
        font: tab.font
        color: tab.checked || tab.hovered ? Theme.color.heading : Theme.color.subtle
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
