// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The lock: nothing of the account can be seen until the master password was typed.
FocusScope {
    id: page

    required property AppViewModel app
    required property UnlockViewModel viewModel

    function submit() {
        if (!page.viewModel.busy && page.viewModel.waitSeconds === 0)
            page.viewModel.submit(password.entry);
    }

    objectName: "page.unlock"
    focus: true

    Component.onCompleted: password.forceActiveFocus(Qt.OtherFocusReason)

    Connections {
        target: page.viewModel

        function onPasswordWanted() {
            password.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    CenteredCard {
        anchors.fill: parent

        RowLayout {
            Layout.fillWidth: true
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

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Heading {
                    Layout.fillWidth: true
                    level: 2
                    text: qsTr("Sparekey is locked")
                }

                BodyText {
                    Layout.fillWidth: true
                    subtle: true
                    font.pixelSize: 14
                    wrapMode: Text.NoWrap
                    elide: Text.ElideMiddle
                    text: qsTr("%1 on %2").arg(page.viewModel.email).arg(page.viewModel.serverTitle)
                }
            }
        }

        PasswordField {
            id: password

            Layout.fillWidth: true
            objectName: "field.password"
            readOnly: page.viewModel.busy
            errorText: page.viewModel.waitSeconds > 0
                       ? qsTr("Too many tries. You can go on in %n second(s).", "",
                              page.viewModel.waitSeconds)
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
            enabled: page.viewModel.waitSeconds === 0
            onActivated: page.submit()
        }

        below: [
            AppButton {
                Layout.alignment: Qt.AlignHCenter
                objectName: "btn.signOut"
                kind: AppButton.Link
                compact: true
                text: qsTr("Sign out")
                onActivated: page.app.signOut()
            },
            OtherAccounts {
                Layout.alignment: Qt.AlignHCenter
                app: page.app
            }
        ]
    }
}
