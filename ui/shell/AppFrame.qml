// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The frame around every section: rail, header, notices and toasts.
FocusScope {
    id: frame

    required property AppViewModel app

    readonly property AccountsViewModel accounts: app.accounts
    // Null unless its pages are shown.
    readonly property AccountViewModel account:
        accounts.place === AccountsViewModel.Account ? accounts.account : null
    readonly property int section: app.section
    // The current page is loaded and can be used.
    readonly property bool ready: section !== AppViewModel.Accounts || place.status === Loader.Ready

    property bool railCollapsed: false
    property bool railOpen: false
    readonly property bool narrow: width < Theme.narrowWidth

    function choose(section: int) {
        frame.app.section = section;
        // The entry that had the focus is gone with the rail.
        if (frame.railOpen)
            frame.toggleRail();
    }

    function chooseOrganization(organization: OrganizationViewModel) {
        frame.account.organization = organization;
        frame.choose(AppViewModel.Accounts);
    }

    function toggleRail() {
        if (frame.narrow) {
            frame.railOpen = !frame.railOpen;
            if (frame.railOpen)
                sideRail.takeFocus();
            else
                header.takeFocus();
        } else {
            frame.railCollapsed = !frame.railCollapsed;
        }
    }

    objectName: "frame.app"
    focus: true

    // A toast disappears when the page changes, and when the page shows a banner.
    readonly property string banner: frame.accounts.notice
                                     + (frame.account ? frame.account.twoStepLogin.bannerText : "")

    Component.onCompleted: place.show()
    onNarrowChanged: frame.railOpen = false
    onSectionChanged: {
        toast.dismiss();
        if (place.visible && place.status === Loader.Null)
            place.show();
    }
    onBannerChanged: if (frame.banner !== "") toast.dismiss()

    Connections {
        target: frame.accounts

        function onPlaceChanged() {
            place.show();
        }

        function onNotDone(message: string) {
            toast.warn(message);
        }
    }

    Connections {
        target: frame.account

        function onOrganizationChanged() {
            toast.dismiss();
        }
    }

    Connections {
        target: frame.app.library

        function onNoted(message: string) {
            toast.show(message);
        }
    }

    Connections {
        target: frame.app.securityKeys

        function onNoted(message: string) {
            toast.show(message);
        }
    }

    Shortcut {
        sequence: "Ctrl+1"
        enabled: frame.account !== null
        onActivated: frame.chooseOrganization(null)
    }

    Shortcut {
        sequence: "Esc"
        enabled: frame.narrow && frame.railOpen
        onActivated: frame.toggleRail()
    }

    Shortcut {
        sequence: "F6"
        onActivated: {
            if (toast.visible && !toast.activeFocus && !sideRail.activeFocus)
                toast.forceActiveFocus(Qt.TabFocusReason);
            else if (sideRail.visible && !sideRail.activeFocus)
                sideRail.takeFocus();
            else
                content.takeFocus();
        }
    }

    AppButton {
        z: 10
        x: Theme.space3
        y: Theme.space3
        opacity: activeFocus ? 1 : 0
        kind: AppButton.Primary
        text: qsTr("To content")
        onActivated: content.takeFocus()
    }

    Rectangle {
        z: 5
        anchors.fill: parent
        color: Theme.color.overlay
        visible: frame.narrow && frame.railOpen

        TapHandler {
            onTapped: frame.toggleRail()
        }
    }

    Rail {
        id: sideRail

        z: 6
        height: parent.height
        version: frame.app.preferences.version
        section: frame.section
        accounts: frame.accounts
        account: frame.account
        canLock: frame.app.canLock
        overlay: frame.narrow
        collapsed: !frame.narrow && frame.railCollapsed
        visible: !frame.narrow || frame.railOpen
        onSectionChosen: section => frame.choose(section)
        onOrganizationChosen: organization => frame.chooseOrganization(organization)
        onToggled: frame.toggleRail()
        onLockRequested: frame.app.lock()
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: frame.narrow ? 0 : sideRail.width
        enabled: !(frame.narrow && frame.railOpen)
        spacing: 0

        FrameHeader {
            id: header

            Layout.fillWidth: true
            visible: frame.narrow || frame.account
            narrow: frame.narrow
            accounts: frame.accounts
            account: frame.account
            // The other sections show their name on their page.
            title: {
                if (frame.section !== AppViewModel.Accounts || !frame.account)
                    return "";
                return frame.account.organization ? frame.account.organization.name : qsTr("Security");
            }
            ruled: frame.section !== AppViewModel.Accounts || !frame.account
                   || frame.account.organization !== null
            onRailToggled: frame.toggleRail()
            onLockRequested: frame.app.lock()
        }

        Callout {
            // The same width as the callouts of the pages.
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.contentWidth
            Layout.leftMargin: content.width < 520 ? Theme.space4 : Theme.space6
            Layout.rightMargin: Layout.leftMargin
            Layout.topMargin: Theme.space5
            Layout.maximumHeight: visible ? implicitHeight : 0
            objectName: "banner.notice"
            visible: frame.accounts.notice !== ""
            kind: Callout.Warning
            alert: true
            text: frame.accounts.notice

            AppButton {
                objectName: "btn.dismissNotice"
                compact: true
                text: qsTr("Dismiss")
                onActivated: frame.accounts.dismissNotice()
            }
        }

        OnDemand {
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.contentWidth
            Layout.leftMargin: content.width < 520 ? Theme.space4 : Theme.space6
            Layout.rightMargin: Layout.leftMargin
            Layout.topMargin: Theme.space5
            needed: frame.app.unconfirmedPrints.asks

            UnconfirmedPrintCallout {
                viewModel: frame.app.unconfirmedPrints
            }
        }

        FocusScope {
            id: content

            function takeFocus() {
                content.forceActiveFocus(Qt.TabFocusReason);
                // A page itself takes no input, so focus its first item.
                const item = content.Window.activeFocusItem;
                if (item && !item.activeFocusOnTab)
                    item.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
            }

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true

            Loader {
                id: place

                // The account may be destroyed before its pages. So they are created again with the
                // current account, and destroyed as a whole.
                function show() {
                    if (!place.visible && place.status === Loader.Null)
                        return;
                    switch (frame.accounts.place) {
                    case AccountsViewModel.SignIn:
                        place.setSource("SignInPlace.qml", { accounts: frame.accounts });
                        break;
                    case AccountsViewModel.Account:
                        place.setSource("AccountPages.qml", {
                            accounts: frame.accounts,
                            account: frame.accounts.account,
                            toast: toast
                        });
                        break;
                    case AccountsViewModel.Locked:
                        place.setSource("UnlockPlace.qml", { accounts: frame.accounts });
                        break;
                    }
                }

                anchors.fill: parent
                visible: frame.section === AppViewModel.Accounts
                focus: visible
                // The first page is created in one go with this frame. Later the window stays
                // responsive while a page is created.
                asynchronous: status !== Loader.Null
            }

            SectionLoader {
                id: start

                anchors.fill: parent
                shown: frame.section === AppViewModel.Start
                page: "StartPage.qml"
                values: ({ app: frame.app, focus: true })
            }

            SectionLoader {
                id: recoveryCodes

                anchors.fill: parent
                shown: frame.section === AppViewModel.RecoveryCodes
                page: "../library/LibraryPage.qml"
                values: ({ viewModel: frame.app.library, focus: true })
            }

            SectionLoader {
                id: securityKeys

                anchors.fill: parent
                shown: frame.section === AppViewModel.SecurityKeys
                page: "../keys/HardwareKeysPage.qml"
                values: ({ viewModel: frame.app.securityKeys, focus: true })
            }

            SectionLoader {
                id: preferences

                anchors.fill: parent
                shown: frame.section === AppViewModel.Preferences
                page: "PreferencesPlace.qml"
                values: ({ app: frame.app, focus: true })
            }
        }
    }

    OnDemand {
        needed: frame.app.proxyLogin.asking

        ProxyLoginDialog {
            viewModel: frame.app.proxyLogin
        }
    }

    Toast {
        id: toast

        z: 8
        objectName: "toast"
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space5
        x: (frame.narrow ? 0 : sideRail.width)
           + (parent.width - (frame.narrow ? 0 : sideRail.width) - width) / 2
        width: Math.min(implicitWidth, parent.width - 32)
    }
}
