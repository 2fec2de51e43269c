// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Links below the sign-in card and the lock card: they lead to the other accounts of this window.
RowLayout {
    id: links

    // The same maps as in AccountsMenu.
    required property var accounts
    property bool canGoBack: false
    property bool canAdd: false

    signal accountChosen(string key)
    signal backRequested
    signal addRequested

    spacing: Theme.space2

    AppButton {
        objectName: "btn.goBack"
        visible: links.canGoBack
        kind: AppButton.Link
        compact: true
        text: qsTr("Back to my account")
        onActivated: links.backRequested()
    }

    AppButton {
        id: others

        objectName: "btn.otherAccounts"
        kind: AppButton.Link
        compact: true
        menuIndicator: true
        text: qsTr("Other accounts")
        Accessible.description: qsTr("Opens a menu")
        onActivated: (menu.load() as AccountsMenu).popup(others, 0, others.height + 4)

        OnDemand {
            id: menu

            AccountsMenu {
                accounts: links.accounts
                label: qsTr("Other accounts")
                onAccountChosen: key => links.accountChosen(key)

                AppMenuItem {
                    objectName: "menu.addAccount"
                    visible: links.canAdd
                    height: links.canAdd ? implicitHeight : 0
                    iconName: "plus"
                    text: qsTr("Add an account…")
                    onTriggered: links.addRequested()
                }
            }
        }
    }
}
