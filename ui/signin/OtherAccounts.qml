// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Under the card of sign-in and lock: the way to the other accounts of this window.
RowLayout {
    id: links

    required property AppViewModel app

    spacing: Theme.space2

    AppButton {
        objectName: "btn.goBack"
        visible: links.app.canGoBack
        kind: AppButton.Link
        compact: true
        text: qsTr("Back to my account")
        onActivated: links.app.goBack()
    }

    AppButton {
        id: others

        objectName: "btn.otherAccounts"
        kind: AppButton.Link
        compact: true
        menuIndicator: true
        text: qsTr("Other accounts")
        Accessible.description: qsTr("Opens a menu")
        onActivated: (menu.now() as AccountsMenu).popup(others, 0, others.height + 4)

        OnDemand {
            id: menu

            AccountsMenu {
                app: links.app
                label: qsTr("Other accounts")

                AppMenuItem {
                    readonly property bool offered: links.app.place === AppViewModel.Locked

                    objectName: "menu.addAccount"
                    visible: offered
                    height: offered ? implicitHeight : 0
                    iconName: "plus"
                    text: qsTr("Add an account…")
                    onTriggered: links.app.addAccount()
                }
            }
        }
    }
}
