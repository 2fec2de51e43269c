// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Yubico OTP: up to five keys, saved together. Nothing here has Enter for a shortcut, because keys
// type one.
AppDialog {
    id: dialog

    required property YubicoOtpViewModel viewModel

    readonly property bool lapsed: viewModel.lapsed

    objectName: "dlg.yubiKey"
    title: qsTr("Two-step login")
    subtitle: viewModel.name
    bodyWidth: 680
    visible: viewModel.stage === ProviderViewModel.Open
             || viewModel.stage === ProviderViewModel.VerifyingAgain
    held: viewModel.busy
    cancels: viewModel.busy
    firstFocus: (viewModel.on ? closeButton : lines.itemAt(0)) as Item
    onDismissed: discard.leave()
    onClosed: discard.close()

    Connections {
        target: dialog.viewModel

        function onSlotWanted(slot: int) {
            (lines.itemAt(slot) as YubiKeyLine).takeFocus();
        }

        function onNfcWanted() {
            nfc.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    ProviderNotes {
        Layout.fillWidth: true
        viewModel: dialog.viewModel
        covered: dialog.viewModel.askingToTurnOff
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.lapsed"
        visible: dialog.lapsed
        kind: Callout.Warning
        text: qsTr("Premium has ended. You can turn this method off, but not change it.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.on"
        visible: dialog.viewModel.on && !dialog.lapsed
        kind: Callout.Success
        title: qsTr("Turned on")
        text: qsTr("This method is protecting your account.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: !dialog.lapsed
        text: qsTr("Plug in a key, put the cursor on an empty line and touch the key: it types a code. Save when all your keys are there. Some apps cannot use this kind of key, so keep another method on.")
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        Repeater {
            id: lines

            model: dialog.viewModel.keys

            YubiKeyLine {
                Layout.fillWidth: true
                visible: !dialog.lapsed || taken
                readOnly: dialog.viewModel.busy
                fixed: dialog.lapsed
                onEdited: text => dialog.viewModel.edit(index, text)
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
            text: qsTr("A key of mine has NFC")
            checked: dialog.viewModel.nfc
            enabled: !dialog.viewModel.busy
            onToggled: dialog.viewModel.nfc = checked
        }

        BodyText {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            subtle: true
            font.pixelSize: Theme.small
            text: qsTr("Phones will then ask you to hold the key to the back of the phone.")
        }
    }

    DiscardDialog {
        id: discard

        viewModel: dialog.viewModel
        entered: dialog.viewModel.modified
    }

    TurnOffDialog {
        viewModel: dialog.viewModel
    }

    buttons: [
        AppButton {
            objectName: "btn.save"
            visible: !dialog.lapsed && (!dialog.viewModel.on || dialog.viewModel.modified)
            kind: AppButton.Primary
            text: qsTr("Save")
            busy: dialog.viewModel.busy && !dialog.viewModel.askingToTurnOff
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.save()
        },
        AppButton {
            objectName: "btn.turnOff"
            visible: dialog.viewModel.on
            kind: AppButton.Danger
            text: qsTr("Turn off")
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.askToTurnOff()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: discard.leave()
        }
    ]
}
