// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// What is known about one provider. Nothing can be changed here.
AppDialog {
    id: panel

    property string key: ""
    property string name: ""
    property string stateText: ""
    property bool on: false
    property bool premium: false

    readonly property string what: {
        switch (key) {
        case "email":
            return qsTr("At sign-in, the server sends a short code to your mailbox, and you type it. It helps as long as you can reach that mailbox without this account.");
        case "authenticator":
            return qsTr("An app on your phone shows a code that changes every 30 seconds. It works without a network. Whoever has a copy of its key can make the same codes.");
        case "passkey":
            return qsTr("A security key or your device proves that it is you. It answers only to the true server, so a forged page gets nothing.");
        case "yubiKey":
            return qsTr("A YubiKey types a one-time code when you touch it. A forged page could pass that code on, so a passkey on the same key is stronger.");
        case "duo":
            return qsTr("Duo Security asks you on your phone, by a push message, a code or a call. It needs an account with Duo.");
        }
        return "";
    }

    function openFor(row: ProviderRow) {
        panel.key = row.key;
        panel.name = row.name;
        panel.stateText = row.stateText;
        panel.on = row.on;
        panel.premium = row.premium;
        panel.open();
    }

    objectName: "dlg.provider"
    title: qsTr("Two-step login")
    subtitle: name
    bodyWidth: 520
    firstFocus: done
    onDismissed: close()

    component Fact: RowLayout {
        id: fact

        required property string iconName
        required property string title
        required property string text

        Layout.fillWidth: true
        spacing: Theme.space3

        Icon {
            Layout.alignment: Qt.AlignTop
            name: fact.iconName
            size: 22
            color: Theme.color.subtle
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Heading {
                Layout.fillWidth: true
                level: 3
                text: fact.title
            }

            BodyText {
                Layout.fillWidth: true
                text: fact.text
            }
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.state"
        kind: panel.on ? Callout.Success : Callout.Info
        title: panel.stateText
        text: panel.on ? qsTr("This method is protecting your account.") : ""
    }

    Fact {
        iconName: panel.key
        title: qsTr("What it is")
        text: panel.what
    }

    Fact {
        visible: panel.premium
        iconName: "key"
        title: qsTr("What it needs")
        text: qsTr("A Premium subscription, unless your server gives Premium to everyone.")
    }

    Fact {
        iconName: "server"
        title: qsTr("Where to change it")
        text: qsTr("In the web vault, under Settings, Security, Two-step login. Sparekey shows this method, but does not change it yet.")
    }

    buttons: [
        AppButton {
            id: done

            objectName: "btn.close"
            text: qsTr("Close")
            onActivated: panel.close()
        }
    ]
}
