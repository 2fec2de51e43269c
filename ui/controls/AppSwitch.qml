// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// A setting that takes effect at once: text on the left, the switch on the right.
T.Switch {
    id: toggle

    property string description: ""
    // The text looks like a heading, to match the other lines of a page.
    property bool headed: false

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(36, implicitContentHeight)
    rightPadding: 52
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: Theme.text
    font.weight: headed ? Font.DemiBold : Font.Normal

    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: description
    // By default Qt 6.4 only changes `checked` and emits no other signal.
    Accessible.onToggleAction: toggle.press()
    Accessible.onPressAction: toggle.press()

    function press() {
        if (!toggle.enabled)
            return;
        toggle.toggle();
        toggle.toggled();
        toggle.clicked();
    }

    indicator: Rectangle {
        x: toggle.width - width
        y: (toggle.height - height) / 2
        width: 40
        height: 22
        radius: 11
        color: !toggle.checked ? Theme.color.surface
             : toggle.enabled ? Theme.color.brand : Theme.color.disabled
        border.width: toggle.checked ? 0 : 1.5
        border.color: Theme.color.borderStrong

        Rectangle {
            x: toggle.checked ? parent.width - width - 3 : 4
            y: (parent.height - height) / 2
            width: toggle.checked ? 16 : 14
            height: width
            radius: width / 2
            color: toggle.checked ? Theme.color.brandInk : Theme.color.borderStrong

            Behavior on x {
                NumberAnimation {
                    duration: Theme.quick
                }
            }
        }

        FocusRing {
            shown: LastInput.byKey && toggle.activeFocus
            around: 11
        }
    }

    contentItem: Column {
        spacing: toggle.headed ? 3 : 2

        Text {
            width: parent.width
            text: toggle.text
            font: toggle.font
            color: !toggle.enabled ? Theme.color.disabled
                 : toggle.headed ? Theme.color.heading : Theme.color.body
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.ignored: true
        }

        Text {
            width: parent.width
            visible: toggle.description !== ""
            text: toggle.description
            font.family: Theme.sans
            font.pixelSize: toggle.headed ? Theme.note : Theme.small
            color: toggle.enabled ? Theme.color.subtle : Theme.color.disabled
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
