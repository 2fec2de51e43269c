// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The preferences of this computer, and those of the account that is shown.
PreferencesPage {
    id: place

    required property AppViewModel app
    // Null unless its pages are shown.
    readonly property AccountViewModel account:
        app.accounts.place === AccountsViewModel.Account ? app.accounts.account : null

    viewModel: place.app.preferences

    OnDemand {
        Layout.fillWidth: true
        needed: place.account !== null

        AccountPreferences {
            account: place.account
        }
    }
}
