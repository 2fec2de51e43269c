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
    // Asked once more, with something entered behind the prompt.
    property bool again: false

    readonly property bool byMail: viewModel.byMail
    // Nothing can be typed just now.
    readonly property bool waiting: viewModel.busy || viewModel.waitSeconds > 0 || viewModel.sendingMail

    function submit() {
        if (dialog.waiting || dialog.viewModel.hopeless)
            return;
        if (dialog.byMail)
            dialog.viewModel.submitCode(code.text);
        else
            dialog.viewModel.submit(password.entry);
    }

    function clear() {
        password.clear();
        code.text = "";
    }

    title: qsTr("Two-step login")
    subtitle: subject
    bodyWidth: 480
    closeText: viewModel.busy ? qsTr("Cancel") : qsTr("Close")
    firstFocus: byMail ? code : password
    onShown: {
        dialog.clear();
        dialog.viewModel.begin();
    }
    onClosed: clear()
    onDismissed: viewModel.cancel()

    Connections {
        target: dialog.viewModel

        function onPasswordWanted() {
            if (dialog.viewModel.hopeless) {
                closeButton.forceActiveFocus(Qt.OtherFocusReason);
                return;
            }
            if (dialog.byMail) {
                code.forceActiveFocus(Qt.OtherFocusReason);
                code.selectAll();
                return;
            }
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
        objectName: "txt.again"
        visible: dialog.byMail && dialog.again && !dialog.viewModel.hopeless
        text: qsTr("Each mailed code is good for one change, and for a few minutes. What you entered is kept.")
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.reason"
        visible: !dialog.viewModel.hopeless
        text: dialog.byMail ? dialog.viewModel.mailText : dialog.reason
        Accessible.role: dialog.byMail ? Accessible.AlertMessage : Accessible.StaticText
    }

    CodeField {
        id: code

        Layout.fillWidth: true
        objectName: "field.code"
        visible: dialog.byMail && !dialog.viewModel.hopeless
        readOnly: dialog.waiting
        errorText: password.errorText
        onAccepted: dialog.submit()
    }

    ResendButton {
        visible: dialog.byMail && !dialog.viewModel.hopeless
        seconds: dialog.viewModel.resendSeconds
        held: dialog.viewModel.busy
        busy: dialog.viewModel.sendingMail
        onActivated: dialog.viewModel.sendMail()
    }

    PasswordField {
        id: password

        Layout.fillWidth: true
        objectName: "field.password"
        visible: !dialog.byMail && !dialog.viewModel.hopeless
        hint: qsTr("Confirms that it is you.")
        readOnly: dialog.waiting
        errorText: dialog.viewModel.waitSeconds > 0
                   ? WaitTexts.tooManyAttempts(dialog.viewModel.waitSeconds)
                   : dialog.viewModel.errorIsConnection ? "" : dialog.viewModel.errorText
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.continue"
            visible: !dialog.viewModel.hopeless
            kind: AppButton.Primary
            text: qsTr("Continue")
            busy: dialog.viewModel.busy
            enabled: dialog.viewModel.waitSeconds === 0 && !dialog.viewModel.sendingMail
            onActivated: dialog.submit()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.viewModel.cancel()
        }
    ]
}
