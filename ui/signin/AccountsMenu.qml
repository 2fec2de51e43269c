// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import Sparekey

// A menu with accounts of this window.
AppMenu {
    id: menu

    // Maps of key, email, server, icon and stateText.
    required property var accounts
    // How many of the menu's own entries come before the accounts.
    property int accountsFrom: 0

    signal accountChosen(string key)

    Instantiator {
        model: menu.accounts
        delegate: AppMenuItem {
            required property var modelData

            objectName: "menu.account"
            iconName: modelData.icon
            text: modelData.email
            note: qsTr("%1 – %2").arg(modelData.server).arg(modelData.stateText)
            onTriggered: menu.accountChosen(modelData.key)
        }
        onObjectAdded: (index, item) => menu.insertItem(menu.accountsFrom + index, item as AppMenuItem)
        onObjectRemoved: (index, item) => menu.removeItem(item as AppMenuItem)
    }
}
