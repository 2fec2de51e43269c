// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks the user to verify their identity with the master password or a code sent by email.
AppDialog {
    id: dialog

    required property VerificationViewModel viewModel
    property string reason: ""
    // The prompt is shown again, and a dialog behind it keeps its entries.
    property bool keepsEntries: false
    // What confirming means, and what to do first.
    property string warning: ""
    property string hint: ""
    property string actionText: qsTr("Continue")
    property bool destructive: false

    readonly property bool byEmail: viewModel.byEmail
    // Nothing can be entered now.
    readonly property bool waiting: viewModel.busy || viewModel.waitSeconds > 0 || viewModel.sendingEmail

    function submit() {
        if (dialog.waiting || dialog.viewModel.refusedForGood)
            return;
        if (dialog.byEmail)
            dialog.viewModel.submitCode(code.entry);
        else
            dialog.viewModel.submit(password.entry);
    }

    function clear() {
        password.clear();
        code.clear();
    }

    bodyWidth: 480
    closeText: viewModel.refusedForGood ? qsTr("Close") : qsTr("Cancel")
    firstFocus: byEmail ? code : password
    onShown: {
        dialog.clear();
        dialog.viewModel.begin();
    }
    onClosed: clear()
    onDismissed: viewModel.cancel()

    Connections {
        target: dialog.viewModel

        function onPasswordWanted() {
            if (dialog.viewModel.refusedForGood) {
                closeButton.forceActiveFocus(Qt.OtherFocusReason);
                return;
            }
            if (dialog.byEmail) {
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

    Callout {
        Layout.fillWidth: true
        objectName: "callout.warning"
        visible: dialog.warning !== "" && !dialog.viewModel.refusedForGood
        kind: Callout.Warning
        text: dialog.warning
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.hint"
        visible: dialog.hint !== "" && !dialog.viewModel.refusedForGood
        kind: Callout.Info
        text: dialog.hint
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.again"
        visible: dialog.byEmail && dialog.keepsEntries && !dialog.viewModel.refusedForGood
        text: qsTr("Each emailed code works once, for a few minutes. What you entered is kept.")
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.reason"
        visible: !dialog.viewModel.refusedForGood
        text: dialog.byEmail ? dialog.viewModel.emailText : dialog.reason
        Accessible.role: dialog.byEmail ? Accessible.AlertMessage : Accessible.StaticText
    }

    CodeField {
        id: code

        Layout.fillWidth: true
        objectName: "field.code"
        visible: dialog.byEmail && !dialog.viewModel.refusedForGood
        readOnly: dialog.waiting
        errorText: password.errorText
        onAccepted: dialog.submit()
    }

    ResendButton {
        visible: dialog.byEmail && !dialog.viewModel.refusedForGood
        seconds: dialog.viewModel.resendSeconds
        held: dialog.viewModel.busy
        busy: dialog.viewModel.sendingEmail
        onActivated: dialog.viewModel.sendEmail()
    }

    PasswordField {
        id: password

        Layout.fillWidth: true
        objectName: "field.password"
        visible: !dialog.byEmail && !dialog.viewModel.refusedForGood
        readOnly: dialog.waiting
        errorText: dialog.viewModel.waitSeconds > 0
                   ? WaitTexts.tooManyAttempts(dialog.viewModel.waitSeconds)
                   : dialog.viewModel.errorIsConnection ? "" : dialog.viewModel.errorText
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.continue"
            visible: !dialog.viewModel.refusedForGood
            kind: dialog.destructive ? AppButton.Danger : AppButton.Primary
            text: dialog.actionText
            busy: dialog.viewModel.busy
            enabled: dialog.viewModel.waitSeconds === 0 && !dialog.viewModel.sendingEmail
            onActivated: dialog.submit()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.closeText
            onActivated: dialog.viewModel.cancel()
        }
    ]
}
