// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before a passkey is removed. Enter cancels.
AppDialog {
    id: dialog

    required property PasskeyViewModel viewModel

    objectName: "dlg.removeKey"
    title: qsTr("Remove this security key?")
    subtitle: viewModel.keyToRemove
    bodyWidth: 460
    closeText: qsTr("Cancel")
    visible: viewModel.askingToRemove && viewModel.stage === ProviderViewModel.Open
    held: viewModel.busy
    firstFocus: keep
    onDismissed: viewModel.cancelRemove()

    ProviderNotes {
        Layout.fillWidth: true
        viewModel: dialog.viewModel
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("This key will no longer work for this account. The entry on the key itself stays.")
    }

    buttons: [
        AppButton {
            objectName: "btn.removeKey.confirm"
            kind: AppButton.Danger
            text: qsTr("Remove key")
            busy: dialog.viewModel.busy
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.removeKey()
        },
        AppButton {
            id: keep

            objectName: "btn.keepKey"
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.cancelRemove()
        }
    ]
}
