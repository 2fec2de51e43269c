// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Signs in with a personal API key, for accounts without a master password. Stays open until the
// sign-in succeeds.
AppDialog {
    id: dialog

    required property SignInViewModel viewModel

    readonly property bool working: viewModel.step === SignInViewModel.Working
    readonly property string waitText: WaitTexts.blocked(viewModel.waitSeconds)
    // The last attempt was made in this dialog, so its error is shown here.
    property bool tried: false

    function submit() {
        if (dialog.working || dialog.waitText !== "")
            return;
        dialog.tried = true;
        dialog.viewModel.submitApiKey(clientId.text, secret.entry);
    }

    function leave() {
        if (dialog.tried)
            dialog.viewModel.cancel();
        dialog.close();
    }

    objectName: "dlg.apiKey"
    title: qsTr("Personal API key")
    subtitle: dialog.viewModel.server.title
    bodyWidth: 480
    held: working
    cancels: working
    firstFocus: clientId
    onShown: {
        dialog.tried = false;
        secret.clear();
    }
    onClosed: secret.clear()
    onDismissed: dialog.leave()
    onWorkingChanged: if (visible && !working) secret.forceActiveFocus(Qt.OtherFocusReason)

    Connections {
        target: dialog.viewModel

        function onSignedIn() {
            dialog.close();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.apiKey"
        visible: dialog.tried && dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.wait"
        visible: text !== ""
        color: Theme.color.danger
        text: dialog.waitText
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("The web vault shows it under Settings, Security, Keys.")
    }

    Callout {
        Layout.fillWidth: true
        text: qsTr("On bitwarden.com and bitwarden.eu an API key can’t manage two-step login. Sign in with your master password instead. If you have none, as with single sign-on (SSO), use the web vault.")
    }

    AppTextField {
        id: clientId

        Layout.fillWidth: true
        objectName: "field.clientId"
        label: qsTr("Client ID")
        readOnly: dialog.working
        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
        onAccepted: secret.forceActiveFocus(Qt.TabFocusReason)
    }

    PasswordField {
        id: secret

        Layout.fillWidth: true
        objectName: "field.clientSecret"
        label: qsTr("Client secret")
        showText: qsTr("Show client secret")
        hideText: qsTr("Hide client secret")
        readOnly: dialog.working
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.logIn"
            kind: AppButton.Primary
            text: qsTr("Sign in")
            busy: dialog.working
            blockedReason: dialog.waitText
            onActivated: dialog.submit()
        },
        AppButton {
            objectName: "btn.close"
            text: dialog.working ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.leave()
        }
    ]
}
