// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The side rail. It shows only entries that open something.
FocusScope {
    id: rail

    required property string version
    property bool collapsed: false
    // Covers the page of a narrow window.
    property bool overlay: false
    required property int section
    required property AccountsViewModel accounts
    // Null while no account is open.
    required property AccountViewModel account
    property bool canLock: false

    signal sectionChosen(int section)
    signal organizationChosen(OrganizationViewModel organization)
    signal toggled
    signal lockRequested

    function takeFocus() {
        toggle.forceActiveFocus(Qt.TabFocusReason);
    }

    component RailHeading: Text {
        Layout.fillWidth: true
        Layout.leftMargin: 14
        Layout.topMargin: Theme.space4
        Layout.bottomMargin: Theme.space1
        color: Theme.color.railSubtle
        font.family: Theme.sans
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }

    implicitWidth: collapsed ? 68 : Theme.railWidth

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Side navigation")

    Rectangle {
        anchors.fill: parent
        color: Theme.color.rail
    }

    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.color.borderLight
        visible: Theme.dark
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space3
        anchors.topMargin: Theme.space4
        spacing: 3

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: 36
            Layout.bottomMargin: Theme.space4
            spacing: 10

            Logo {
                Layout.leftMargin: 5
                visible: !rail.collapsed
                size: 32
            }

            Text {
                Layout.fillWidth: true
                visible: !rail.collapsed
                text: "Sparekey"
                color: Theme.color.railText
                font.family: Theme.sans
                font.pixelSize: Theme.subtitle
                font.weight: Font.DemiBold
                font.letterSpacing: -0.3
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }

            IconButton {
                id: toggle

                Layout.alignment: Qt.AlignHCenter
                objectName: "btn.toggleRail"
                iconName: rail.overlay ? "close" : rail.collapsed ? "expand" : "collapse"
                text: qsTr("Toggle side navigation")
                description: rail.collapsed ? qsTr("Closed") : qsTr("Open")
                color: Theme.color.railSubtle
                hoverColor: Theme.color.railHover
                ringColor: Theme.color.railFocus
                onClicked: rail.toggled()
            }
        }

        // Scrolls if the window is too low for all entries.
        ScrollArea {
            Layout.fillWidth: true
            Layout.fillHeight: true
            sideMargin: 0
            spacing: 3

            RailItem {
                Layout.fillWidth: true
                Layout.topMargin: 3
                objectName: "rail.start"
                iconName: "home"
                text: qsTr("Start")
                current: rail.section === AppViewModel.Start
                collapsed: rail.collapsed
                onClicked: rail.sectionChosen(AppViewModel.Start)
            }

            RailItem {
                Layout.fillWidth: true
                objectName: "rail.recoveryCodes"
                iconName: "recovery-codes"
                text: qsTr("Recovery codes")
                current: rail.section === AppViewModel.RecoveryCodes
                collapsed: rail.collapsed
                onClicked: rail.sectionChosen(AppViewModel.RecoveryCodes)
            }

            RailItem {
                Layout.fillWidth: true
                objectName: "rail.securityKeys"
                iconName: "yubiKey"
                text: qsTr("Security keys")
                current: rail.section === AppViewModel.SecurityKeys
                collapsed: rail.collapsed
                onClicked: rail.sectionChosen(AppViewModel.SecurityKeys)
            }

            RailHeading {
                text: qsTr("Account")
                visible: !rail.collapsed && rail.account !== null
            }

            RailItem {
                readonly property bool locked: rail.accounts.place === AccountsViewModel.Locked

                Layout.fillWidth: true
                objectName: "rail.account"
                iconName: rail.account ? "security" : locked ? "lock" : "server"
                text: rail.account ? qsTr("Security") : qsTr("Bitwarden account")
                current: rail.section === AppViewModel.Accounts && !rail.account?.organization
                collapsed: rail.collapsed
                onClicked: {
                    if (rail.account)
                        rail.organizationChosen(null);
                    else
                        rail.sectionChosen(AppViewModel.Accounts);
                }
            }

            RailHeading {
                text: qsTr("Organizations")
                visible: !rail.collapsed && organizations.count > 0
            }

            Repeater {
                id: organizations

                model: rail.account ? rail.account.organizations : []

                RailItem {
                    required property OrganizationViewModel modelData

                    Layout.fillWidth: true
                    iconName: "organization"
                    text: modelData.name
                    current: rail.section === AppViewModel.Accounts
                             && rail.account?.organization === modelData
                    collapsed: rail.collapsed
                    onClicked: rail.organizationChosen(modelData)
                }
            }
        }

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            Layout.bottomMargin: Theme.space2
            color: Theme.color.railSelected
        }

        RailItem {
            Layout.fillWidth: true
            objectName: "rail.preferences"
            iconName: "preferences"
            text: qsTr("Preferences")
            current: rail.section === AppViewModel.Preferences
            collapsed: rail.collapsed
            onClicked: rail.sectionChosen(AppViewModel.Preferences)
        }

        RailItem {
            Layout.fillWidth: true
            objectName: "rail.lock"
            visible: rail.canLock
            iconName: "lock"
            text: qsTr("Lock")
            description: qsTr("Ctrl+L")
            collapsed: rail.collapsed
            onClicked: rail.lockRequested()
        }

        Text {
            Layout.fillWidth: true
            Layout.leftMargin: 14
            Layout.topMargin: Theme.space1
            visible: !rail.collapsed
            text: qsTr("Version %1").arg(rail.version)
            color: Theme.color.railSubtle
            font.family: Theme.sans
            font.pixelSize: Theme.small
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
