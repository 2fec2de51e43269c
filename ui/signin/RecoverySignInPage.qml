// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Signs in with the recovery code. Email, password and server are already known.
ColumnLayout {
    id: page

    required property SignInViewModel signIn
    readonly property RecoverySignInViewModel viewModel: signIn.steps.recovery

    function submit(anyway) {
        if (!page.viewModel.busy && page.viewModel.waitSeconds === 0)
            page.viewModel.submit(code.entry, anyway);
    }

    function takeFocus() {
        code.forceActiveFocus(Qt.OtherFocusReason);
    }

    objectName: "page.recoverLogin"
    spacing: Theme.space4

    Component.onCompleted: {
        code.toggleShown();
        focusTimer.start();
    }
    Component.onDestruction: code.clear()

    // Runs after the layout is done.
    Timer {
        id: focusTimer

        interval: 0
        onTriggered: page.takeFocus()
    }

    Connections {
        target: page.viewModel

        function onCodeWanted() {
            page.takeFocus();
        }
    }

    SignInStepHead {
        Layout.fillWidth: true
        iconName: "key"
        title: qsTr("Use your recovery code")
        subtitle: qsTr("%1 on %2").arg(page.signIn.email.trim()).arg(page.signIn.server.title)
        text: qsTr("Enter your recovery code. It replaces the second step, not your password.")
    }

    Callout {
        Layout.fillWidth: true
        kind: Callout.Warning
        text: qsTr("All two-step methods will be turned off. The code works once. Your server then makes a new one, or, if it runs Vaultwarden, when you turn on a method again.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.secondStep"
        visible: page.viewModel.bannerText !== ""
        kind: Callout.Danger
        alert: true
        text: page.viewModel.bannerText
    }

    PasswordField {
        id: code

        Layout.fillWidth: true
        objectName: "field.recoveryCode"
        label: qsTr("Recovery code")
        hint: qsTr("32 letters and digits. Spaces, hyphens and capitals don’t matter. Enter the check characters of your sheet as well, and a wrong row shows at once.")
        showText: qsTr("Show code")
        hideText: qsTr("Hide code")
        readOnly: page.viewModel.busy
        errorText: page.viewModel.errorText !== "" ? page.viewModel.errorText
                                                   : page.viewModel.wrongRowText
        onEdited: page.viewModel.check(code.entry)
        onAccepted: page.submit(false)
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.rightRow"
        visible: text !== ""
        color: Theme.color.success
        text: page.viewModel.rightRowText
        Accessible.role: Accessible.AlertMessage
    }

    WaitNote {
        Layout.fillWidth: true
        seconds: page.viewModel.waitSeconds
    }

    AppButton {
        Layout.fillWidth: true
        implicitHeight: 44
        objectName: "btn.submitRecovery"
        kind: AppButton.Primary
        text: qsTr("Turn off two-step login and sign in")
        busy: page.viewModel.busy
        enabled: page.viewModel.waitSeconds === 0
        onActivated: page.submit(false)
    }

    AppButton {
        Layout.fillWidth: true
        objectName: "btn.sendAnyway"
        visible: page.viewModel.asksToSendAnyway
        text: qsTr("Send it anyway")
        onActivated: page.submit(true)
    }

    AppButton {
        Layout.alignment: Qt.AlignHCenter
        objectName: "btn.cancelRecovery"
        kind: AppButton.Link
        compact: true
        enabled: !page.viewModel.busy
        text: qsTr("Back to the second step")
        onActivated: page.signIn.steps.leaveRecovery()
    }
}
