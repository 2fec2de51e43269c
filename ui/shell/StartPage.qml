// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Lists what can be done in this window, with or without an account.
FocusScope {
    id: page

    required property AppViewModel app

    readonly property AccountsViewModel accounts: app.accounts
    readonly property LibraryViewModel library: app.library

    function signIn(recovering: bool) {
        if (page.accounts.place !== AccountsViewModel.SignIn)
            page.accounts.addAccount();
        page.accounts.signIn.recovering = recovering;
        page.app.section = AppViewModel.Accounts;
    }

    objectName: "page.start"

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Start")

    ScrollArea {
        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: Theme.space3

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6 - 4
            level: 1
            text: qsTr("Start")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space2
            subtle: true
            text: qsTr("What do you want to do?")
        }

        EntryCard {
            Layout.fillWidth: true
            objectName: "start.addCodes"
            iconName: "recovery-codes"
            text: qsTr("Add recovery codes")
            note: qsTr("Keep the codes of Google, Microsoft, Apple, GitHub and others in one encrypted file. No account needed.")
            onClicked: {
                page.app.section = AppViewModel.RecoveryCodes;
                page.library.addCodes();
            }
        }

        EntryCard {
            Layout.fillWidth: true
            objectName: "start.openLibrary"
            visible: page.library.stage === LibraryViewModel.NoFile
            iconName: "folder"
            text: qsTr("Open existing library…")
            note: qsTr("A file of Sparekey, or any KeePass file (KDBX 4).")
            onClicked: {
                picker.source = "";
                picker.setSource("../library/LibraryPicker.qml", { viewModel: page.library.unlocking });
            }
        }

        Repeater {
            model: page.accounts.allAccounts

            EntryCard {
                required property var modelData

                Layout.fillWidth: true
                objectName: "start.account"
                iconName: modelData.icon
                text: modelData.email
                note: qsTr("%1 – %2").arg(modelData.server).arg(modelData.stateText)
                onClicked: {
                    page.accounts.show(modelData.key);
                    page.app.section = AppViewModel.Accounts;
                }
            }
        }

        EntryCard {
            Layout.fillWidth: true
            objectName: "start.signIn"
            iconName: "plus"
            text: qsTr("Sign in to a Bitwarden account")
            note: qsTr("Manage two-step login and print your recovery code.")
            onClicked: page.signIn(false)
        }

        EntryCard {
            Layout.fillWidth: true
            objectName: "start.lockedOut"
            iconName: "key"
            text: qsTr("Locked out now?")
            note: qsTr("Lost your phone or security key? Sign in with the recovery code from your sheet.")
            onClicked: page.signIn(true)
        }

        EntryCard {
            Layout.fillWidth: true
            objectName: "start.securityKeys"
            iconName: "yubiKey"
            text: qsTr("Security keys")
            note: qsTr("Check your keys, set a PIN and see which accounts they open. No account needed.")
            onClicked: page.app.section = AppViewModel.SecurityKeys
        }

        Loader {
            id: picker

            visible: false
        }
    }

    Connections {
        target: page.library.unlocking

        function onFileChosen() {
            page.app.section = AppViewModel.RecoveryCodes;
        }
    }
}
