// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Prove that it is you.
AppDialog {
    id: dialog

    required property VerificationViewModel viewModel
    required property string subject
    property string reason: qsTr("Type your master password to see this.")

    function submit() {
        if (!dialog.viewModel.busy && dialog.viewModel.waitSeconds === 0)
            dialog.viewModel.submit(password.entry);
    }

    title: qsTr("Two-step login")
    subtitle: subject
    bodyWidth: 480
    closeText: viewModel.busy ? qsTr("Cancel") : qsTr("Close")
    firstFocus: password
    onShown: password.clear()
    onClosed: password.clear()
    onDismissed: viewModel.cancel()

    Connections {
        target: dialog.viewModel

        function onPasswordWanted() {
            password.forceActiveFocus(Qt.OtherFocusReason);
            password.selectAll();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.server"
        visible: dialog.viewModel.errorIsConnection && dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        text: dialog.reason
    }

    PasswordField {
        id: password

        Layout.fillWidth: true
        objectName: "field.password"
        hint: qsTr("Confirms that it is you.")
        readOnly: dialog.viewModel.busy || dialog.viewModel.waitSeconds > 0
        errorText: dialog.viewModel.waitSeconds > 0
                   ? qsTr("Too many tries. You can go on in %n second(s).", "",
                          dialog.viewModel.waitSeconds)
                   : dialog.viewModel.errorIsConnection ? "" : dialog.viewModel.errorText
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.continue"
            kind: AppButton.Primary
            text: qsTr("Continue")
            busy: dialog.viewModel.busy
            enabled: dialog.viewModel.waitSeconds === 0
            onActivated: dialog.submit()
        },
        AppButton {
            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.viewModel.cancel()
        }
    ]
}
