// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Signing in without a master password, where the server allows that.
AppDialog {
    id: dialog

    required property SignInViewModel viewModel

    function submit() {
        dialog.viewModel.submitApiKey(clientId.text, secret.entry);
        dialog.close();
    }

    title: qsTr("Personal API key")
    subtitle: dialog.viewModel.server.title
    bodyWidth: 480
    firstFocus: clientId
    onShown: secret.clear()
    onClosed: secret.clear()
    onDismissed: close()

    BodyText {
        Layout.fillWidth: true
        text: qsTr("The web vault shows it under Settings, Security, Keys.")
    }

    Callout {
        Layout.fillWidth: true
        text: qsTr("Managing two-step login needs a sign-in with the master password. bitwarden.com and bitwarden.eu allow an API key no more than to look at the profile; some servers of your own allow more.")
    }

    AppTextField {
        id: clientId

        Layout.fillWidth: true
        objectName: "field.clientId"
        label: qsTr("Client ID")
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
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.logIn"
            kind: AppButton.Primary
            text: qsTr("Sign in")
            onActivated: dialog.submit()
        },
        AppButton {
            objectName: "btn.close"
            text: qsTr("Close")
            onActivated: dialog.close()
        }
    ]
}
