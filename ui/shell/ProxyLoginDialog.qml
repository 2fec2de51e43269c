// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks for the user name and password of a proxy.
AppDialog {
    id: dialog

    required property ProxyLoginViewModel viewModel

    function submit() {
        if (user.text === "")
            user.forceActiveFocus(Qt.OtherFocusReason);
        else
            dialog.viewModel.submit(user.text, password.entry);
    }

    objectName: "dlg.proxyLogin"
    title: qsTr("Sign in to your proxy")
    subtitle: dialog.viewModel.proxy
    bodyWidth: 480
    visible: dialog.viewModel.asking
    firstFocus: user
    onClosed: password.clear()
    onDismissed: dialog.viewModel.cancel()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.proxyRefused"
        visible: dialog.viewModel.refused
        kind: Callout.Danger
        alert: true
        text: qsTr("The proxy did not accept this user name and password.")
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("This computer reaches the internet through a proxy, which asks who you are. What you enter here is kept until you close Sparekey.")
    }

    AppTextField {
        id: user

        Layout.fillWidth: true
        objectName: "field.proxyUser"
        label: qsTr("User name")
        inputMethodHints: Qt.ImhNoAutoUppercase | Qt.ImhNoPredictiveText
        onAccepted: password.forceActiveFocus(Qt.TabFocusReason)
    }

    PasswordField {
        id: password

        Layout.fillWidth: true
        objectName: "field.proxyPassword"
        label: qsTr("Password")
        onAccepted: dialog.submit()
    }

    buttons: [
        AppButton {
            objectName: "btn.proxyLogin"
            kind: AppButton.Primary
            text: qsTr("Continue")
            onActivated: dialog.submit()
        },
        AppButton {
            objectName: "btn.cancelProxyLogin"
            text: qsTr("Cancel")
            onActivated: dialog.viewModel.cancel()
        }
    ]
}
