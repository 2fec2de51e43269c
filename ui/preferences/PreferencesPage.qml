// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// What the user chose for this computer.
FocusScope {
    id: page

    required property PreferencesViewModel viewModel
    // More settings, for example those of an account.
    default property alias parts: more.data

    objectName: "page.preferences"

    onVisibleChanged: {
        if (page.visible)
            page.viewModel.updateMemoryState();
    }
    Component.onCompleted: page.viewModel.updateMemoryState()

    ScrollArea {
        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: 0

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6 - 4
            level: 1
            text: qsTr("Preferences")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            subtle: true
            text: qsTr("For this computer only.")
        }

        Card {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            implicitHeight: lines.implicitHeight + 2 * Theme.space5

            ColumnLayout {
                id: lines

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.space5
                spacing: Theme.space5

                PreferenceLine {
                    title: qsTr("Appearance")
                    note: qsTr("System follows your desktop.")

                    SegmentedChoice {
                        objectName: "choice.appearance"
                        label: qsTr("Appearance")
                        options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                        currentIndex: page.viewModel.appearance
                        onChosen: index => page.viewModel.appearance = index
                    }
                }

                Divider {}

                PreferenceLine {
                    title: qsTr("Lock when idle")
                    note: qsTr("Sparekey also locks when the computer sleeps or the screen is locked.")

                    AppComboBox {
                        objectName: "choice.lock"
                        accessibleName: qsTr("Lock when idle")
                        model: page.viewModel.lockChoices
                        currentIndex: page.viewModel.lockChoice
                        onChosen: index => page.viewModel.lockChoice = index
                    }
                }

                Divider {}

                PreferenceLine {
                    title: qsTr("Paper")
                    note: qsTr("Default paper size.")

                    SegmentedChoice {
                        objectName: "choice.paper"
                        label: qsTr("Paper")
                        options: [qsTr("A4"), qsTr("Letter")]
                        currentIndex: page.viewModel.letterPaper ? 1 : 0
                        onChosen: index => page.viewModel.letterPaper = index === 1
                    }
                }
            }
        }

        ColumnLayout {
            id: more

            Layout.fillWidth: true
            spacing: 0
        }

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            Layout.bottomMargin: Theme.space3
            level: 2
            text: qsTr("About")
        }

        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space7
            implicitHeight: about.implicitHeight + 2 * Theme.space5

            RowLayout {
                id: about

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.space5
                spacing: Theme.space4

                Logo {
                    Layout.alignment: Qt.AlignTop
                    size: 48
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 3

                    Heading {
                        Layout.fillWidth: true
                        level: 3
                        text: qsTr("Sparekey %1").arg(page.viewModel.version)
                    }

                    BodyText {
                        Layout.fillWidth: true
                        subtle: true
                        font.pixelSize: Theme.note
                        text: qsTr("Manages two-step login and recovery codes. Works with Bitwarden accounts, but is not made or endorsed by Bitwarden. Free software under the GNU General Public License, version 3 or later.")
                    }

                    OnDemand {
                        Layout.fillWidth: true
                        Layout.topMargin: Theme.space2
                        needed: page.viewModel.memoryText !== ""

                        BodyText {
                            objectName: "txt.memory"
                            font.pixelSize: Theme.note
                            text: page.viewModel.memoryText
                        }
                    }
                }
            }
        }
    }
}
