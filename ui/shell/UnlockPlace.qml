// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The lock page of the shown account, connected to the accounts of this window.
UnlockPage {
    id: place

    required property AccountsViewModel accounts

    viewModel: place.accounts.unlock
    otherAccounts: place.accounts.otherAccounts
    onAccountChosen: key => place.accounts.show(key)
    onAddRequested: place.accounts.addAccount()
    onSignOutRequested: place.accounts.signOut()
}
