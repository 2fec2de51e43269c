// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// The bar above the pages: the title, the state of the connection, and the account menu.
Rectangle {
    id: header

    required property AccountsViewModel accounts
    // Null while no account is open.
    required property AccountViewModel account
    property string title: ""
    property bool narrow: false
    // Draws a line at the lower edge, if there are no tabs.
    property bool ruled: true

    signal railToggled
    signal lockRequested

    function takeFocus() {
        burger.forceActiveFocus(Qt.OtherFocusReason);
    }

    implicitHeight: Math.max(64, row.implicitHeight + Theme.space3)
    color: Theme.color.surface

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: header.narrow ? Theme.space3 : Theme.space6
        anchors.rightMargin: header.narrow ? Theme.space3 : Theme.space5
        spacing: Theme.space3

        IconButton {
            id: burger

            objectName: "btn.openRail"
            visible: header.narrow
            iconName: "menu"
            text: qsTr("Toggle side navigation")
            description: qsTr("Closed")
            onClicked: header.railToggled()
        }

        Heading {
            Layout.fillWidth: true
            level: 2
            text: header.title
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: text === ""
        }

        StatusPill {
            objectName: "pill.connection"
            visible: header.account !== null
                     && header.account.connection !== AccountViewModel.SignedOut
            text: header.account?.connectionText ?? ""
            wordless: header.width < 560 && status === StatusPill.Good
            status: {
                switch (header.account?.connection) {
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
            visible: header.account !== null
            implicitWidth: 62
            implicitHeight: 40
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            text: qsTr("Account: %1").arg(header.account?.displayName ?? "")

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
                        text: header.account?.initials ?? ""
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

                accounts: header.accounts.otherAccounts
                label: qsTr("Account")
                accountsFrom: 2
                onAccountChosen: key => header.accounts.show(key)

                AccountMenuHead {
                    email: header.account?.email ?? ""
                    displayName: header.account?.displayName ?? ""
                    server: header.account?.serverTitle ?? ""
                }

                AppMenuSeparator {}

                AppMenuItem {
                    objectName: "menu.addAccount"
                    iconName: "plus"
                    text: qsTr("Add an account…")
                    onTriggered: header.accounts.addAccount()
                }

                AppMenuSeparator {}

                AppMenuItem {
                    objectName: "menu.lock"
                    iconName: "lock"
                    text: qsTr("Lock")
                    onTriggered: header.lockRequested()
                }

                AppMenuItem {
                    objectName: "menu.signOut"
                    iconName: "sign-out"
                    text: qsTr("Sign out")
                    onTriggered: header.accounts.signOut()
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
        visible: header.ruled
    }
}
