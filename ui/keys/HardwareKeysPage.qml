// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The keys that are connected, and those that this computer knows.
FocusScope {
    id: page

    required property HardwareKeysViewModel viewModel

    objectName: "page.hardwareKeys"

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Security keys")

    Component.onDestruction: page.viewModel.shown = false

    // Keys are watched only while the page is visible. Delayed, because list rows must not be
    // removed while Qt still iterates over the items that become invisible.
    Binding {
        target: page.viewModel
        property: "shown"
        value: page.visible
        delayed: true
    }

    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        enabled: page.visible
        onActivated: page.viewModel.refresh()
    }

    ScrollArea {
        id: scroller

        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: 0

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6 - 4
            objectName: "h1.hardwareKeys"
            level: 1
            text: qsTr("Security keys")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            subtle: true
            text: qsTr("Check your security keys, set a PIN and see which accounts they open.")
        }

        Callout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            objectName: "banner.keyProblem"
            visible: page.viewModel.problemText !== ""
            kind: Callout.Danger
            alert: true
            text: page.viewModel.problemText
        }

        Callout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            objectName: "banner.inventory"
            visible: page.viewModel.inventoryProblemText !== ""
            kind: Callout.Warning
            alert: true
            text: page.viewModel.inventoryProblemText
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            Layout.bottomMargin: Theme.space3
            spacing: Theme.space3

            Heading {
                level: 2
                text: qsTr("Connected")
            }

            Spinner {
                running: page.viewModel.inspecting
                size: 18
            }

            Item {
                Layout.fillWidth: true
            }
        }

        Card {
            Layout.fillWidth: true
            implicitHeight: connected.implicitHeight + 2 * Theme.space5

            ColumnLayout {
                id: connected

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: page.width < 520 ? Theme.space4 : Theme.space5
                anchors.topMargin: Theme.space5
                spacing: Theme.space4

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space4

                    Rectangle {
                        Layout.alignment: Qt.AlignTop
                        visible: page.viewModel.devices.count === 0
                        implicitWidth: 44
                        implicitHeight: 44
                        radius: 12
                        color: Theme.color.sunken
                        border.width: 1
                        border.color: Theme.color.borderLight

                        Icon {
                            anchors.centerIn: parent
                            name: "yubiKey"
                            size: 24
                            color: Theme.color.subtle
                        }
                    }

                    KeyDeviceList {
                        Layout.fillWidth: true
                        objectName: "list.devices"
                        model: page.viewModel.devices
                        held: page.viewModel.prompt.active
                    }
                }

                Callout {
                    Layout.fillWidth: true
                    objectName: "banner.key"
                    visible: page.viewModel.errorText !== ""
                    kind: Callout.Danger
                    alert: true
                    text: page.viewModel.errorText

                    AppButton {
                        objectName: "btn.refresh"
                        compact: true
                        iconName: "refresh"
                        visible: page.viewModel.canRefresh
                        text: qsTr("Try again")
                        onActivated: page.viewModel.refresh()
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.placeOnReader"
                    // Without any key, the list itself says so.
                    visible: page.viewModel.waitingForCard && !page.viewModel.details.known
                             && page.viewModel.devices.keyCount > 0
                    text: qsTr("Place a key on the reader and leave it there for a moment.")
                    Accessible.role: Accessible.AlertMessage
                }

                KeyHelp {
                    Layout.fillWidth: true
                    forbidden: page.viewModel.forbidden
                    readerProblemText: page.viewModel.readerProblemText
                }
            }
        }

        OnDemand {
            Layout.fillWidth: true
            Layout.topMargin: needed ? Theme.space3 : 0
            needed: page.viewModel.details.known

            KeyDetailsCard {
                objectName: "card.details"
                viewModel: page.viewModel
            }
        }

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            level: 2
            text: qsTr("Your keys")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            Layout.bottomMargin: Theme.space3
            subtle: true
            text: qsTr("Keys added on this computer. A key can't list its accounts, so keys you set up elsewhere may be missing.")
        }

        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space7
            objectName: "list.inventory"
            implicitHeight: Math.max(rows.implicitHeight, empty.visible ? empty.implicitHeight + 2 * Theme.space5 : 0)

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Your keys")

            BodyText {
                id: empty

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.space5
                objectName: "txt.noKeys"
                visible: page.viewModel.inventory.count === 0
                text: qsTr("No key is known yet. Register one under Security → Passkey, or plug one in and add it above.")
            }

            LongList {
                id: rows

                width: parent.width
                area: scroller
                model: page.viewModel.inventory
                count: page.viewModel.inventory.count
                delegate: InventoryRow {
                    width: rows.width
                    onDescribe: page.viewModel.describeRow(index)
                    onForget: page.viewModel.askToForget(index)
                }
            }
        }
    }

    OnDemand {
        needed: page.viewModel.note.open

        KeyNoteDialog {
            viewModel: page.viewModel.note
        }
    }

    OnDemand {
        needed: page.viewModel.pin.open

        KeyPinDialog {
            viewModel: page.viewModel.pin
        }
    }

    OnDemand {
        needed: page.viewModel.entries.open

        KeyEntriesDialog {
            viewModel: page.viewModel.entries
        }
    }

    OnDemand {
        needed: page.viewModel.reset.stage !== KeyResetViewModel.Closed

        KeyResetDialog {
            viewModel: page.viewModel.reset
        }
    }

    OnDemand {
        needed: page.viewModel.forgetting.asking

        ForgetKeyDialog {
            viewModel: page.viewModel.forgetting
        }
    }
}
