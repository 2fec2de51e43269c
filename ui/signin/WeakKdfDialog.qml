// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The server asked for a key derivation that would make the password easy to guess.
AppDialog {
    id: dialog

    required property SignInViewModel viewModel

    objectName: "dlg.weakKdf"
    title: qsTr("Weak password protection")
    visible: viewModel.step === SignInViewModel.ConfirmWeakKdf
    firstFocus: stop
    closeText: qsTr("Do not sign in")
    onDismissed: viewModel.cancel()

    Callout {
        Layout.fillWidth: true
        kind: Callout.Danger
        alert: true
        title: qsTr("Stop if you did not expect this")
        text: dialog.viewModel.weakKdfText
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("Sign in only if you know why.")
    }

    buttons: [
        AppButton {
            id: stop

            objectName: "btn.dontSignIn"
            kind: AppButton.Primary
            text: qsTr("Do not sign in")
            onActivated: dialog.viewModel.cancel()
        },
        AppButton {
            objectName: "btn.acceptWeakKdf"
            text: qsTr("Sign in anyway")
            onActivated: dialog.viewModel.acceptWeakKdf()
        }
    ]
}
