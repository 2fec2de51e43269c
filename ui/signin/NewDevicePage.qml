// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The server does not know this computer and has sent a code by email.
ColumnLayout {
    id: page

    required property SignInViewModel signIn
    readonly property NewDeviceViewModel viewModel: signIn.steps.newDevice

    function submit() {
        if (!code.empty)
            page.viewModel.submit(code.entry);
    }

    function takeFocus() {
        code.forceActiveFocus(Qt.OtherFocusReason);
        code.selectAll();
    }

    objectName: "page.newDevice"
    spacing: Theme.space4

    Component.onCompleted: focusTimer.start()

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
        iconName: "email"
        title: qsTr("Verify your identity")
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

    CodeField {
        id: code

        Layout.fillWidth: true
        objectName: "field.code"
        readOnly: page.viewModel.busy
        errorText: page.viewModel.errorText
        onEdited: page.viewModel.edited()
        onAccepted: page.submit()
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
        Layout.fillWidth: true
        implicitHeight: 44
        objectName: "btn.continue"
        kind: AppButton.Primary
        text: qsTr("Continue signing in")
        busy: page.viewModel.busy
        enabled: !code.empty && page.viewModel.waitSeconds === 0
                 && !page.viewModel.sendingEmail
        onActivated: page.submit()
    }

    ResendButton {
        Layout.alignment: Qt.AlignHCenter
        seconds: page.viewModel.resendSeconds
        held: page.viewModel.busy
        busy: page.viewModel.sendingEmail
        onActivated: page.viewModel.resendEmail()
    }

    Callout {
        Layout.fillWidth: true
        kind: Callout.Info
        text: qsTr("Turn on two-step login to stop these emails.")
    }

    AppButton {
        Layout.alignment: Qt.AlignHCenter
        objectName: "btn.back"
        kind: AppButton.Link
        compact: true
        text: qsTr("Back to sign in")
        onActivated: page.signIn.cancel()
    }
}
