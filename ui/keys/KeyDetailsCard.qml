// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// What the chosen key is, and what can be done with it.
Card {
    id: card

    required property HardwareKeysViewModel viewModel
    readonly property KeyDetailsViewModel details: viewModel.details
    readonly property bool asking: viewModel.prompt.active

    // Moves the focus out of the closed prompt, after the items that replace it are shown.
    onAskingChanged: if (!asking) focusTimer.start()

    Timer {
        id: focusTimer

        interval: 0
        onTriggered: {
            const now = card.Window.activeFocusItem;
            if (now && now.visible && now.enabled && now.activeFocusOnTab)
                return;
            const next = recognizeButton.visible ? recognizeButton : describeButton;
            next.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    component Fact: ColumnLayout {
        id: fact

        required property string label
        required property string value
        property bool care: false

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        // Both columns have the same width, however long their texts are.
        Layout.preferredWidth: 10
        visible: value !== ""
        spacing: 1

        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("%1: %2").arg(fact.label).arg(fact.value)

        BodyText {
            Layout.fillWidth: true
            subtle: true
            font.pixelSize: Theme.small
            text: fact.label
            Accessible.ignored: true
        }

        BodyText {
            Layout.fillWidth: true
            color: fact.care ? Theme.color.danger : Theme.color.heading
            text: fact.value
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            Accessible.ignored: true
        }
    }

    implicitHeight: column.implicitHeight + 2 * Theme.space5

    Accessible.role: Accessible.Grouping
    Accessible.name: card.details.name

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: card.width < 520 ? Theme.space4 : Theme.space5
        anchors.topMargin: Theme.space5
        spacing: Theme.space4

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space4

            Rectangle {
                Layout.alignment: Qt.AlignTop
                implicitWidth: 44
                implicitHeight: 44
                radius: 12
                color: Theme.color.brandSoft
                border.width: 1
                border.color: Theme.color.brandSoftBorder

                Icon {
                    anchors.centerIn: parent
                    name: "yubiKey"
                    size: 24
                    color: Theme.color.brand
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 3

                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    Heading {
                        objectName: "txt.detailsName"
                        width: Math.min(implicitWidth, parent.width)
                        level: 2
                        text: card.details.name
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }

                    Badge {
                        objectName: "badge.recognized"
                        visible: card.details.recognized
                        positive: true
                        iconName: "check"
                        text: qsTr("One of your keys")
                    }

                    Badge {
                        visible: card.details.simulated && card.details.product !== text
                        text: qsTr("Simulated key")
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: card.details.product !== card.details.name
                    subtle: true
                    font.pixelSize: Theme.note
                    text: card.details.product
                }

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.detailsPlace"
                    visible: card.details.place !== ""
                    font.pixelSize: Theme.note
                    text: qsTr("Kept: %1").arg(card.details.place)
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: card.viewModel.waitingForCard
                    subtle: true
                    font.pixelSize: Theme.note
                    text: qsTr("The key is no longer on the reader. Place it there again when asked.")
                }
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.silentKey"
            visible: card.details.silent && !card.asking
            kind: Callout.Info
            text: qsTr("Enter the PIN to find out whether this is one of your keys.")

            AppButton {
                id: recognizeButton

                objectName: "btn.recognize"
                compact: true
                text: qsTr("Enter the PIN…")
                onActivated: card.viewModel.recognizeWithPin()
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.severalKeys"
            visible: card.details.ambiguous && !card.asking
            kind: Callout.Info
            text: qsTr("Your list has this key more than once. Add it to merge these entries.")
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.claimedKey"
            visible: card.details.claimText !== "" && !card.asking
            kind: Callout.Info
            text: card.details.claimText
        }

        KeyPrompt {
            id: prompt

            Layout.fillWidth: true
            viewModel: card.viewModel.prompt
        }

        GridLayout {
            Layout.fillWidth: true
            columns: card.width < 520 ? 1 : 2
            columnSpacing: Theme.space5
            rowSpacing: Theme.space3

            Fact {
                objectName: "fact.pin"
                label: qsTr("PIN")
                value: card.details.pinText
                care: card.details.pinNeedsAttention
            }

            Fact {
                objectName: "fact.slots"
                label: qsTr("Sign-ins on the key")
                value: card.details.slotsText
            }

            Fact {
                objectName: "fact.transports"
                label: qsTr("Connections")
                value: card.details.transportsText
            }

            Fact {
                objectName: "fact.firmware"
                label: qsTr("Firmware")
                value: card.details.firmwareText
            }

        }

        Expander {
            Layout.fillWidth: true
            objectName: "expander.technical"
            title: qsTr("Technical details")

            GridLayout {
                Layout.fillWidth: true
                columns: card.width < 520 ? 1 : 2
                columnSpacing: Theme.space5
                rowSpacing: Theme.space3

                Fact {
                    objectName: "fact.versions"
                    label: qsTr("Protocols")
                    value: card.details.versionsText
                }

                Fact {
                    objectName: "fact.aaguid"
                    label: qsTr("Model (AAGUID)")
                    value: card.details.aaguidText
                }
            }
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.space2

            AppButton {
                id: describeButton

                objectName: "btn.describe"
                compact: true
                enabled: !card.asking
                kind: card.details.listed ? AppButton.Secondary : AppButton.Primary
                text: card.details.listed ? qsTr("Name and place…")
                                          : qsTr("Add to your keys…")
                onActivated: card.viewModel.describe()
            }

            AppButton {
                objectName: "btn.pin"
                compact: true
                enabled: !card.asking
                text: card.details.hasPin ? qsTr("Change PIN…") : qsTr("Set a PIN…")
                blockedReason: card.details.pinBlockedReason
                onActivated: card.viewModel.changePin()
            }

            AppButton {
                objectName: "btn.entries"
                compact: true
                enabled: !card.asking
                text: qsTr("Sign-ins on the key…")
                blockedReason: card.details.entriesBlockedReason
                onActivated: card.viewModel.showEntries()
            }

            AppButton {
                objectName: "btn.reset"
                compact: true
                enabled: !card.asking
                text: qsTr("Reset…")
                description: qsTr("Deletes everything on the key")
                blockedReason: card.details.resetBlockedReason
                onActivated: card.viewModel.resetKey()
            }
        }
    }
}
