// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The lock page: nothing of the account is shown until the master password, or a code sent by
// email, is entered.
FocusScope {
    id: page

    required property UnlockViewModel viewModel
    // As in OtherAccounts.
    property var otherAccounts: []

    signal accountChosen(string key)
    signal addRequested
    signal signOutRequested

    readonly property VerificationViewModel prompt: viewModel.verification

    function submit() {
        if (page.viewModel.busy || page.viewModel.waitSeconds > 0 || page.prompt.sendingEmail)
            return;
        if (page.prompt.byEmail)
            page.prompt.submitCode(code.entry);
        else
            page.viewModel.submit(password.entry);
    }

    function takeFocus() {
        const field = page.prompt.byEmail ? code : password;
        field.forceActiveFocus(Qt.OtherFocusReason);
    }

    objectName: "page.unlock"
    focus: true

    Component.onCompleted: {
        page.takeFocus();
        page.prompt.begin();
    }

    Connections {
        target: page.viewModel

        function onPasswordWanted() {
            page.takeFocus();
        }
    }

    CenteredCard {
        anchors.fill: parent

        RowLayout {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space2
            spacing: Theme.space3

            Rectangle {
                implicitWidth: 44
                implicitHeight: 44
                radius: 22
                color: Theme.color.brandSoft

                Icon {
                    anchors.centerIn: parent
                    name: "lock"
                    size: 22
                    color: Theme.color.brand
                }
            }

            // Not a layout: nested layouts keep a height that they computed before the page was
            // complete.
            Column {
                Layout.fillWidth: true
                spacing: 2

                Heading {
                    width: parent.width
                    level: 2
                    text: qsTr("Sparekey is locked")
                }

                BodyText {
                    width: parent.width
                    subtle: true
                    font.pixelSize: Theme.note
                    wrapMode: Text.NoWrap
                    elide: Text.ElideMiddle
                    text: qsTr("%1 on %2").arg(page.viewModel.email).arg(page.viewModel.serverTitle)
                }
            }
        }

        OnDemand {
            Layout.fillWidth: true
            needed: page.prompt.byEmail

            BodyText {
                objectName: "txt.email"
                text: page.prompt.emailText
                Accessible.role: Accessible.AlertMessage
            }
        }

        CodeField {
            id: code

            Layout.fillWidth: true
            objectName: "field.code"
            visible: page.prompt.byEmail
            readOnly: page.viewModel.busy || page.prompt.sendingEmail
            errorText: password.errorText
            onAccepted: page.submit()
        }

        PasswordField {
            id: password

            Layout.fillWidth: true
            objectName: "field.password"
            visible: !page.prompt.byEmail
            readOnly: page.viewModel.busy
            errorText: page.viewModel.waitSeconds > 0
                       ? WaitTexts.tooManyAttempts(page.viewModel.waitSeconds)
                       : page.viewModel.errorText
            onAccepted: page.submit()
        }

        AppButton {
            Layout.fillWidth: true
            implicitHeight: 44
            objectName: "btn.unlock"
            kind: AppButton.Primary
            text: qsTr("Unlock")
            busy: page.viewModel.busy
            enabled: page.viewModel.waitSeconds === 0 && !page.prompt.sendingEmail
            onActivated: page.submit()
        }

        below: [
            ResendButton {
                Layout.alignment: Qt.AlignHCenter
                visible: page.prompt.byEmail
                seconds: page.prompt.resendSeconds
                held: page.viewModel.busy
                busy: page.prompt.sendingEmail
                onActivated: page.prompt.sendEmail()
            },
            AppButton {
                Layout.alignment: Qt.AlignHCenter
                objectName: "btn.signOut"
                kind: AppButton.Link
                compact: true
                text: qsTr("Sign out")
                onActivated: page.signOutRequested()
            },
            OtherAccounts {
                Layout.alignment: Qt.AlignHCenter
                accounts: page.otherAccounts
                canAdd: true
                onAccountChosen: key => page.accountChosen(key)
                onAddRequested: page.addRequested()
            }
        ]
    }
}
