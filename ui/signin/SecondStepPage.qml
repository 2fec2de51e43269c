// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The second step at sign-in, for each method that Sparekey supports.
ColumnLayout {
    id: page

    required property SignInViewModel signIn
    readonly property SecondStepViewModel viewModel: signIn.steps.secondStep
    readonly property int method: viewModel.method
    readonly property bool digits: method === SecondStepViewModel.Authenticator
                                   || method === SecondStepViewModel.Email
    readonly property bool yubico: method === SecondStepViewModel.YubicoOtp
    readonly property bool key: method === SecondStepViewModel.Passkey
    readonly property bool duo: method === SecondStepViewModel.Duo
    readonly property bool blocked: viewModel.busy || viewModel.waitSeconds > 0

    function submit() {
        if (page.blocked)
            return;
        if (page.yubico)
            page.viewModel.submit(touch.entry);
        else
            page.viewModel.submit(page.duo ? answer.entry : code.entry);
    }

    function takeFocus() {
        if (page.digits) {
            code.forceActiveFocus(Qt.OtherFocusReason);
            code.selectAll();
        } else if (page.yubico) {
            touch.forceActiveFocus(Qt.OtherFocusReason);
        } else if (answer.visible) {
            answer.forceActiveFocus(Qt.OtherFocusReason);
            answer.selectAll();
        } else if (prompt.visible) {
            prompt.takeFocus();
        } else if (page.key) {
            useKey.forceActiveFocus(Qt.OtherFocusReason);
        } else if (launch.visible) {
            launch.forceActiveFocus(Qt.OtherFocusReason);
        } else if (others.visible) {
            others.forceActiveFocus(Qt.OtherFocusReason);
        } else {
            recovery.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    objectName: "page.secondStep"
    spacing: Theme.space4

    Component.onCompleted: focusTimer.start()
    onMethodChanged: {
        code.clear();
        touch.clear();
        answer.clear();
        focusTimer.start();
    }

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
        iconName: page.viewModel.methodIcon
        title: qsTr("Two-step login")
        subtitle: page.viewModel.methodName
        text: page.viewModel.guidance
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.secondStep"
        visible: page.viewModel.bannerText !== ""
        kind: Callout.Danger
        alert: true
        text: page.viewModel.bannerText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.organizationDuo"
        visible: page.viewModel.duoOfOrganization
        kind: Callout.Info
        text: qsTr("This is the Duo of your organization. Your recovery code does not lift it: if Duo does not let you in, ask its Duo administrator.")
    }

    CodeField {
        id: code

        Layout.fillWidth: true
        objectName: "field.code"
        visible: page.digits
        readOnly: page.viewModel.busy
        errorText: page.viewModel.errorText
        onEdited: page.viewModel.edited()
        onAccepted: page.submit()
    }

    PasswordField {
        id: touch

        Layout.fillWidth: true
        objectName: "field.yubico"
        visible: page.yubico
        label: qsTr("Code from the key")
        showText: qsTr("Show code")
        hideText: qsTr("Hide code")
        readOnly: page.viewModel.busy
        errorText: page.viewModel.errorText
        onAccepted: page.submit()
    }

    OtpTap {
        Layout.fillWidth: true
        viewModel: page.viewModel.otpTap
        wanted: page.yubico && page.visible
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: page.viewModel.keyPrompt
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.keyError"
        visible: page.key && page.viewModel.errorText !== ""
        color: Theme.color.danger
        text: page.viewModel.errorText
        Accessible.role: Accessible.AlertMessage
    }

    AppButton {
        id: useKey

        Layout.fillWidth: true
        implicitHeight: 44
        objectName: "btn.useKey"
        visible: page.key && !prompt.visible
        kind: AppButton.Primary
        text: qsTr("Use security key")
        busy: page.viewModel.busy
        enabled: page.viewModel.waitSeconds === 0
        onActivated: page.viewModel.useKey()
    }

    AppButton {
        id: launch

        Layout.fillWidth: true
        implicitHeight: 44
        objectName: "btn.launchDuo"
        visible: page.duo && page.viewModel.duoTrusted
        kind: page.viewModel.duoOpened ? AppButton.Secondary : AppButton.Primary
        text: page.viewModel.duoOpened ? qsTr("Open Duo again") : qsTr("Open Duo in browser")
        description: qsTr("Opens your browser")
        enabled: !page.blocked
        onActivated: {
            page.viewModel.openDuo();
            page.takeFocus();
        }
    }

    SecretField {
        id: answer

        Layout.fillWidth: true
        objectName: "field.duoAnswer"
        visible: page.duo && page.viewModel.duoOpened
        label: qsTr("Address that the browser shows after Duo")
        hint: qsTr("Copy it from the address bar of the page that says you are logged in. If the page closed, find it in your browser history.")
        covered: false
        warnsOfCapsLock: false
        readOnly: page.viewModel.busy
        errorText: page.viewModel.errorText
        onEdited: page.viewModel.edited()
        onAccepted: page.submit()
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: go.visible || page.key
        spacing: 2

        AppCheckBox {
            Layout.fillWidth: true
            objectName: "check.rememberDevice"
            text: qsTr("Remember this device")
            checked: page.viewModel.rememberDevice
            enabled: !page.viewModel.busy
            onToggled: {
                page.viewModel.rememberDevice = checked;
                checked = Qt.binding(() => page.viewModel.rememberDevice);
            }
        }

        BodyText {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            subtle: true
            font.pixelSize: Theme.small
            text: qsTr("Skip this step here for 30 days. Saved in your keyring.")
        }
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.note"
        visible: page.viewModel.noteText !== ""
        subtle: true
        text: page.viewModel.noteText
        Accessible.role: Accessible.AlertMessage
    }

    WaitNote {
        Layout.fillWidth: true
        seconds: page.viewModel.waitSeconds
    }

    AppButton {
        id: go

        Layout.fillWidth: true
        implicitHeight: 44
        objectName: "btn.continue"
        visible: page.digits || page.yubico || (page.duo && page.viewModel.duoOpened)
        kind: AppButton.Primary
        text: qsTr("Continue signing in")
        busy: page.viewModel.busy
        enabled: page.viewModel.waitSeconds === 0
                 && !(page.viewModel.sendingEmail && page.method === SecondStepViewModel.Email)
        onActivated: page.submit()
    }

    ResendButton {
        Layout.alignment: Qt.AlignHCenter
        visible: page.method === SecondStepViewModel.Email
        seconds: page.viewModel.resendSeconds
        held: page.blocked
        busy: page.viewModel.sendingEmail
        onActivated: page.viewModel.resendEmail()
    }

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 1
        color: Theme.color.borderLight
    }

    AppButton {
        id: others

        Layout.fillWidth: true
        objectName: "btn.otherMethod"
        visible: page.viewModel.methods.length > 1
        text: qsTr("Select another method")
        enabled: !page.viewModel.busy
        onActivated: chooser.asked = true
    }

    AppButton {
        id: recovery

        Layout.fillWidth: true
        objectName: "btn.recoveryCode"
        text: qsTr("Use your recovery code")
        enabled: !page.viewModel.busy
        onActivated: page.signIn.steps.showRecovery()
    }

    AppButton {
        Layout.alignment: Qt.AlignHCenter
        objectName: "btn.back"
        kind: AppButton.Link
        compact: true
        text: qsTr("Back to sign in")
        onActivated: page.signIn.cancel()
    }

    SecondStepMethodsDialog {
        id: chooser

        steps: page.signIn.steps
    }
}
