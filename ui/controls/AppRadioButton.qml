// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.RadioButton {
    id: radio

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(28, implicitContentHeight)
    leftPadding: 30
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: Theme.text

    Accessible.role: Accessible.RadioButton
    Accessible.name: text
    // By default Qt 6.4 only changes `checked` and emits no other signal.
    Accessible.onToggleAction: radio.press()
    Accessible.onPressAction: radio.press()

    function press() {
        if (!radio.enabled || radio.checked)
            return;
        radio.toggle();
        radio.toggled();
        radio.clicked();
    }

    indicator: Rectangle {
        y: (radio.height - height) / 2
        width: 20
        height: 20
        radius: 10
        color: Theme.color.surface
        border.width: radio.checked ? 6 : 1.5
        border.color: radio.checked ? Theme.color.brand
                    : radio.hovered ? Theme.color.subtle : Theme.color.borderStrong

        FocusRing {
            shown: LastInput.byKey && radio.activeFocus
            around: 10
        }
    }

    contentItem: Text {
        text: radio.text
        font: radio.font
        color: radio.enabled ? Theme.color.body : Theme.color.disabled
        verticalAlignment: Text.AlignVCenter
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
