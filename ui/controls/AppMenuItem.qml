// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.MenuItem {
    id: item

    property string iconName: ""
    property string note: ""

    implicitWidth: implicitContentWidth
    implicitHeight: note !== "" ? 52 : 38
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: Theme.text

    Accessible.role: Accessible.MenuItem
    Accessible.name: text
    Accessible.description: note
    Accessible.checkable: checkable
    Accessible.checked: checked
    Accessible.onPressAction: if (item.enabled) item.triggered()

    background: Rectangle {
        radius: Theme.radiusSmall
        color: item.highlighted ? Theme.color.hover : "transparent"
        border.width: item.visualFocus || item.highlighted ? 1 : 0
        border.color: Theme.color.borderStrong
    }

    contentItem: Row {
        leftPadding: 10
        rightPadding: 14
        spacing: Theme.space3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: item.iconName !== "" || item.checkable
            name: item.checkable ? (item.checked ? "check" : "") : item.iconName
            size: 18
            color: item.checkable ? Theme.color.brand : Theme.color.subtle
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter
            spacing: 1

            Text {
                text: item.text
                font: item.font
                color: Theme.color.heading
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            Text {
                visible: item.note !== ""
                text: item.note
                font.family: Theme.sans
                font.pixelSize: Theme.small
                color: Theme.color.subtle
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
}
