// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// What stands around every page of a signed-in account: rail, header, account menu.
FocusScope {
    id: frame

    required property AppViewModel app
    required property AccountViewModel account

    property string section: "security"
    // The one that was looked at last.
    property OrganizationViewModel organization: null
    property bool railCollapsed: false
    property bool railOpen: false
    readonly property bool narrow: width < Theme.narrowWidth

    function choose(section: string) {
        frame.section = section;
        frame.railOpen = false;
    }

    function chooseSection(section: string) {
        // Made when it is first wanted; most starts never do.
        if (section === "hardwareKeys" && hardwareKeys.status === Loader.Null)
            hardwareKeys.setSource("../keys/HardwareKeysPage.qml", { viewModel: frame.app.hardwareKeys });
        frame.choose(section);
    }

    function chooseOrganization(organization: OrganizationViewModel) {
        if (frame.organization !== organization) {
            frame.organization = organization;
            organizationPage.setSource("../twosteplogin/OrganizationPage.qml", { viewModel: organization });
        }
        frame.choose("organization");
    }

    function toggleRail() {
        if (frame.narrow) {
            frame.railOpen = !frame.railOpen;
            if (frame.railOpen)
                sideRail.takeFocus();
            else
                burger.forceActiveFocus(Qt.OtherFocusReason);
        } else {
            frame.railCollapsed = !frame.railCollapsed;
        }
    }

    objectName: "frame.account"
    focus: true

    // What was told stays on the page where it was told, and gives way to what is told there.
    readonly property string banner: frame.app.notice + frame.account.twoStepLogin.bannerText

    onNarrowChanged: frame.railOpen = false
    onSectionChanged: toast.dismiss()
    onOrganizationChanged: toast.dismiss()
    onBannerChanged: if (frame.banner !== "") toast.dismiss()

    Shortcut {
        sequence: "Ctrl+L"
        onActivated: frame.app.lock()
    }

    Shortcut {
        sequence: "Ctrl+1"
        onActivated: frame.choose("security")
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
        account: frame.account
        organization: frame.organization
        overlay: frame.narrow
        collapsed: !frame.narrow && frame.railCollapsed
        visible: !frame.narrow || frame.railOpen
        onSectionChosen: section => frame.chooseSection(section)
        onOrganizationChosen: organization => frame.chooseOrganization(organization)
        onToggled: frame.toggleRail()
        onLockRequested: frame.app.lock()
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: frame.narrow ? 0 : sideRail.width
        enabled: !(frame.narrow && frame.railOpen)
        spacing: 0

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 64
            color: Theme.color.surface

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: frame.narrow ? Theme.space3 : Theme.space6
                anchors.rightMargin: frame.narrow ? Theme.space3 : Theme.space5
                spacing: Theme.space3

                IconButton {
                    id: burger

                    objectName: "btn.openRail"
                    visible: frame.narrow
                    iconName: "menu"
                    text: qsTr("Toggle side navigation")
                    description: qsTr("Closed")
                    onClicked: frame.toggleRail()
                }

                Heading {
                    Layout.fillWidth: true
                    level: 2
                    text: {
                        if (frame.section === "organization")
                            return frame.organization ? frame.organization.name : "";
                        if (frame.section === "hardwareKeys")
                            return qsTr("Security keys");
                        return frame.section === "security" ? qsTr("Security") : qsTr("Preferences");
                    }
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }

                StatusPill {
                    objectName: "pill.connection"
                    visible: frame.account.connection !== AccountViewModel.SignedOut
                    text: frame.account.connectionText
                    wordless: frame.width < 560 && status === StatusPill.Good
                    status: {
                        switch (frame.account.connection) {
                        case AccountViewModel.Online:
                            return StatusPill.Good;
                        case AccountViewModel.Connecting:
                            return StatusPill.Waiting;
                        case AccountViewModel.Offline:
                            return StatusPill.Away;
                        case AccountViewModel.ServerProblem:
                            return StatusPill.Trouble;
                        }
                        return StatusPill.Quiet;
                    }
                }

                T.Button {
                    id: avatar

                    objectName: "btn.account"
                    implicitWidth: 62
                    implicitHeight: 40
                    focusPolicy: Qt.StrongFocus
                    hoverEnabled: true
                    text: qsTr("Account: %1").arg(frame.account.displayName)

                    Accessible.role: Accessible.Button
                    Accessible.name: text
                    Accessible.description: qsTr("Opens a menu")
                    Accessible.onPressAction: if (avatar.enabled) avatar.clicked()

                    onClicked: accountMenu.popup(avatar, avatar.width - accountMenu.width,
                                                 avatar.height + 6)
                    Keys.onReturnPressed: avatar.clicked()
                    Keys.onEnterPressed: avatar.clicked()

                    background: Rectangle {
                        radius: 20
                        color: avatar.hovered || avatar.down ? Theme.color.hover : "transparent"

                        FocusRing {
                            shown: LastInput.byKey && avatar.activeFocus
                            anchors.margins: -2
                            around: 18
                        }
                    }

                    contentItem: Row {
                        leftPadding: 4
                        spacing: 4

                        Rectangle {
                            anchors.verticalCenter: parent.verticalCenter
                            width: 32
                            height: 32
                            radius: 16
                            color: Theme.color.brand

                            Text {
                                anchors.centerIn: parent
                                text: frame.account.initials
                                color: Theme.color.brandInk
                                font.family: Theme.sans
                                font.pixelSize: Theme.small
                                font.weight: Font.DemiBold
                                textFormat: Text.PlainText
                                Accessible.ignored: true
                            }
                        }

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: "chevron-down"
                            size: 16
                            color: Theme.color.subtle
                        }
                    }

                    AccountsMenu {
                        id: accountMenu

                        app: frame.app
                        label: qsTr("Account")
                        accountsFrom: 2

                        AccountMenuHead {
                            email: frame.account.email
                            displayName: frame.account.displayName
                            server: frame.account.serverTitle
                        }

                        AppMenuSeparator {}

                        AppMenuItem {
                            objectName: "menu.addAccount"
                            iconName: "plus"
                            text: qsTr("Add an account…")
                            onTriggered: frame.app.addAccount()
                        }

                        AppMenuSeparator {}

                        AppMenuItem {
                            objectName: "menu.lock"
                            iconName: "lock"
                            text: qsTr("Lock")
                            onTriggered: frame.app.lock()
                        }

                        AppMenuItem {
                            objectName: "menu.signOut"
                            iconName: "sign-out"
                            text: qsTr("Sign out")
                            onTriggered: frame.app.signOut()
                        }
                    }
                }
            }

            Rectangle {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 1
                color: Theme.color.border
                visible: frame.section !== "security"
            }
        }

        Callout {
            // As the pages' own.
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.contentWidth
            Layout.leftMargin: content.width < 520 ? Theme.space4 : Theme.space6
            Layout.rightMargin: Layout.leftMargin
            Layout.topMargin: Theme.space5
            Layout.maximumHeight: visible ? implicitHeight : 0
            objectName: "banner.notice"
            visible: frame.app.notice !== ""
            kind: Callout.Warning
            alert: true
            text: frame.app.notice

            AppButton {
                objectName: "btn.dismissNotice"
                compact: true
                text: qsTr("I understand")
                onActivated: frame.app.dismissNotice()
            }
        }

        FocusScope {
            id: content

            function takeFocus() {
                content.forceActiveFocus(Qt.TabFocusReason);
                if (content.Window.activeFocusItem === content
                        || content.Window.activeFocusItem === security
                        || content.Window.activeFocusItem === preferences
                        || content.Window.activeFocusItem === hardwareKeys
                        || content.Window.activeFocusItem === organizationPage)
                    content.Window.activeFocusItem.nextItemInFocusChain(true)
                           .forceActiveFocus(Qt.TabFocusReason);
            }

            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true

            SecurityPage {
                id: security

                anchors.fill: parent
                visible: frame.section === "security"
                focus: visible
                viewModel: frame.account.twoStepLogin
                onSignInRequested: frame.app.signInAgain()
                onNoted: message => toast.show(message)
            }

            PreferencesPage {
                id: preferences

                anchors.fill: parent
                visible: frame.section === "preferences"
                focus: visible
                viewModel: frame.app.preferences
                account: frame.account
            }

            Loader {
                id: hardwareKeys

                anchors.fill: parent
                visible: frame.section === "hardwareKeys"
                focus: visible
            }

            Connections {
                target: frame.app.hardwareKeys

                function onNoted(message: string) {
                    toast.show(message);
                }
            }

            Loader {
                id: organizationPage

                anchors.fill: parent
                visible: frame.section === "organization"
                focus: visible
            }

            Connections {
                target: frame.app

                function onNotDone(message: string) {
                    toast.warn(message);
                }
            }

            Connections {
                target: frame.organization

                function onNoted(message: string) {
                    toast.show(message);
                }
            }
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
