// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before a key is removed from the list. Enter keeps it.
AppDialog {
    id: dialog

    required property KeyForgetViewModel viewModel

    objectName: "dlg.forgetKey"
    title: qsTr("Forget this key?")
    subtitle: viewModel.keyName
    bodyWidth: 480
    visible: viewModel.asking
    firstFocus: keep
    onDismissed: viewModel.cancel()

    BodyText {
        Layout.fillWidth: true
        text: qsTr("This computer forgets its name, its place and which accounts it was registered with. The key itself and your accounts stay as they are: if you have lost the key, remove its passkeys there as well.")
    }

    buttons: [
        AppButton {
            objectName: "btn.forgetKey.confirm"
            kind: AppButton.Danger
            text: qsTr("Forget key")
            onActivated: dialog.viewModel.forget()
        },
        AppButton {
            id: keep

            objectName: "btn.keepInList"
            text: qsTr("Keep it in the list")
            onActivated: dialog.viewModel.cancel()
        }
    ]
}
