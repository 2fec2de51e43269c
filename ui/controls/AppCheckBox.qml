// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.CheckBox {
    id: box

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(28, implicitContentHeight)
    leftPadding: 30
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: Theme.text

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    // By default Qt 6.4 only changes `checked` and emits no other signal.
    Accessible.onToggleAction: box.press()
    Accessible.onPressAction: box.press()

    function press() {
        if (!box.enabled)
            return;
        box.toggle();
        box.toggled();
        box.clicked();
    }

    indicator: Rectangle {
        y: (box.height - height) / 2
        width: 20
        height: 20
        radius: 5
        color: box.checked ? (box.enabled ? Theme.color.brand : Theme.color.disabled) : Theme.color.surface
        border.width: box.checked ? 0 : 1.5
        border.color: box.hovered ? Theme.color.subtle : Theme.color.borderStrong

        Icon {
            anchors.centerIn: parent
            visible: box.checked
            name: "check"
            size: 16
            color: Theme.color.brandInk
        }

        FocusRing {
            shown: LastInput.byKey && box.activeFocus
            around: 5
        }
    }

    contentItem: Text {
        text: box.text
        font: box.font
        color: box.enabled ? Theme.color.body : Theme.color.disabled
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
