// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import Sparekey

// A menu with all accounts of this window but the one that is shown.
AppMenu {
    id: menu

    required property AppViewModel app
    // How many of the menu's own entries stand before the accounts.
    property int accountsFrom: 0

    Instantiator {
        model: menu.app.otherAccounts
        delegate: AppMenuItem {
            required property var modelData

            objectName: "menu.account"
            iconName: modelData.icon
            text: modelData.email
            note: qsTr("%1 – %2").arg(modelData.server).arg(modelData.stateText)
            onTriggered: menu.app.show(modelData.key)
        }
        onObjectAdded: (index, item) => menu.insertItem(menu.accountsFrom + index, item as AppMenuItem)
        onObjectRemoved: (index, item) => menu.removeItem(item as AppMenuItem)
    }
}
