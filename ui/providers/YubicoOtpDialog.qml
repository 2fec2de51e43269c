// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Yubico OTP: up to five keys, saved together. No button has Enter as its shortcut, because keys
// send an Enter after each code.
ProviderDialog {
    id: dialog

    required property YubicoOtpViewModel viewModel

    readonly property bool lapsed: viewModel.lapsed

    objectName: "dlg.yubiKey"
    provider: viewModel
    key: "yubiKey"
    bodyWidth: 680
    entered: viewModel.modified
    firstFocus: (viewModel.on ? closeButton : lines.itemAt(0)) as Item

    Connections {
        target: dialog.viewModel

        function onSlotWanted(slot: int) {
            (lines.itemAt(slot) as YubiKeyLine).takeFocus();
        }

        function onNfcWanted() {
            nfc.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    BodyText {
        Layout.fillWidth: true
        visible: !dialog.lapsed
        text: dialog.viewModel.on
              ? qsTr("Plug in a YubiKey and touch it to add it. Then save. Some apps can’t use this kind of key. Keep another method.")
              : qsTr("Plug in a YubiKey and touch it. Repeat for each key, then turn on. Some apps can’t use this kind of key. Keep another method.")
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        Repeater {
            id: lines

            model: dialog.viewModel.keys

            YubiKeyLine {
                Layout.fillWidth: true
                // Shows the keys, one empty line for the next touch, and lines with an error.
                visible: taken || (!dialog.lapsed
                                   && (errorText !== ""
                                       || index === dialog.viewModel.keys.firstEmpty))
                readOnly: dialog.viewModel.busy
                fixed: dialog.lapsed
                onEdited: entry => dialog.viewModel.edit(index, entry)
                onEntered: dialog.viewModel.enter(index)
                onRemoved: dialog.viewModel.remove(index)
            }
        }
    }

    OtpTap {
        Layout.fillWidth: true
        viewModel: dialog.viewModel.otpTap
        wanted: dialog.visible && !dialog.lapsed && !dialog.viewModel.busy
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: !dialog.lapsed
        spacing: 2

        AppCheckBox {
            id: nfc

            Layout.fillWidth: true
            objectName: "box.nfc"
            text: qsTr("One of my keys has NFC")
            checked: dialog.viewModel.nfc
            enabled: !dialog.viewModel.busy
            onToggled: dialog.viewModel.nfc = checked
        }

        BodyText {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            subtle: true
            font.pixelSize: Theme.small
            text: qsTr("Phones then ask you to hold the key to the back of the phone.")
        }
    }

    actions: AppButton {
        objectName: "btn.save"
        visible: !dialog.lapsed && (!dialog.viewModel.on || dialog.viewModel.modified)
        kind: AppButton.Primary
        text: dialog.viewModel.on ? qsTr("Save") : qsTr("Turn on")
        busy: dialog.viewModel.busy && !dialog.viewModel.askingToTurnOff
        blockedReason: dialog.viewModel.waitText
        onActivated: dialog.viewModel.save()
    }
}
