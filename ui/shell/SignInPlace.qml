// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The sign-in page, connected to the accounts of this window.
SignInPage {
    id: place

    required property AccountsViewModel accounts

    viewModel: place.accounts.signIn
    otherAccounts: place.accounts.otherAccounts
    canGoBack: place.accounts.canGoBack
    onAccountChosen: key => place.accounts.show(key)
    onBackRequested: place.accounts.goBack()
}
