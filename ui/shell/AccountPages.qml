// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The pages of the account that is shown: its own, and one for each organization.
FocusScope {
    id: pages

    required property AccountsViewModel accounts
    required property AccountViewModel account
    required property Toast toast

    function showOrganization() {
        const organization = pages.account.organization;
        if (organization)
            organizationPage.setSource("../twosteplogin/OrganizationPage.qml",
                                       { viewModel: organization });
    }

    objectName: "frame.account"
    focus: true
    Component.onCompleted: showOrganization()

    Connections {
        target: pages.account

        function onOrganizationChanged() {
            pages.showOrganization();
        }
    }

    Connections {
        target: pages.account.organization

        function onNoted(message: string) {
            pages.toast.show(message);
        }
    }

    SecurityPage {
        anchors.fill: parent
        visible: !organizationPage.visible
        focus: visible
        viewModel: pages.account.twoStepLogin
        onSignInRequested: pages.accounts.signInAgain()
        onNoted: message => pages.toast.show(message)
    }

    Loader {
        id: organizationPage

        anchors.fill: parent
        visible: pages.account.organization !== null
        focus: visible
    }
}
