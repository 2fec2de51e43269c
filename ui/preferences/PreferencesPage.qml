// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// What the user chose for this computer.
FocusScope {
    id: page

    required property PreferencesViewModel viewModel
    required property AccountViewModel account

    objectName: "page.preferences"

    component Line: GridLayout {
        id: line

        required property string title
        required property string note
        // Nothing stands beside it.
        property bool bare: false
        default property alias control: slot.data

        Layout.fillWidth: true
        columns: width < 560 || bare ? 1 : 2
        columnSpacing: Theme.space5
        rowSpacing: Theme.space3

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 3

            Heading {
                Layout.fillWidth: true
                level: 3
                text: line.title
            }

            BodyText {
                Layout.fillWidth: true
                subtle: true
                font.pixelSize: 14
                text: line.note
            }
        }

        Item {
            id: slot

            visible: !line.bare
            implicitWidth: childrenRect.width
            implicitHeight: childrenRect.height
        }
    }

    component Rule: Rectangle {
        Layout.fillWidth: true
        Layout.preferredHeight: 1
        color: Theme.color.borderLight
    }

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

                Line {
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

                Rule {}

                Line {
                    title: qsTr("Lock when idle")
                    note: qsTr("Sparekey also locks when the computer goes to sleep and when the screen is locked.")

                    AppComboBox {
                        objectName: "choice.lock"
                        accessibleName: qsTr("Lock when idle")
                        model: page.viewModel.lockChoices
                        currentIndex: page.viewModel.lockChoice
                        onChosen: index => page.viewModel.lockChoice = index
                    }
                }

                Rule {}

                Line {
                    title: qsTr("Paper")
                    note: qsTr("The size that a recovery sheet starts with.")

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

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            level: 2
            text: qsTr("Signing in on this computer")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            Layout.bottomMargin: Theme.space3
            subtle: true
            text: qsTr("For %1 on %2. Whatever is remembered is kept in your desktop’s keyring.")
                  .arg(page.account.email).arg(page.account.serverTitle)
        }

        Card {
            Layout.fillWidth: true
            implicitHeight: signingIn.implicitHeight + 2 * Theme.space5

            ColumnLayout {
                id: signingIn

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.space5
                spacing: Theme.space5

                AppSwitch {
                    Layout.fillWidth: true
                    objectName: "switch.staySignedIn"
                    visible: page.account.canStaySignedIn
                    headed: true
                    text: qsTr("Stay signed in")
                    description: qsTr("The next start asks for the master password only. Signing out ends it.")
                    checked: page.account.staysSignedIn
                    onToggled: {
                        page.account.staysSignedIn = checked;
                        checked = Qt.binding(() => page.account.staysSignedIn);
                    }
                }

                Rule {
                    visible: page.account.canStaySignedIn
                }

                Line {
                    objectName: "line.rememberedDevice"
                    bare: page.account.rememberedUntil === ""
                    title: qsTr("Second step")
                    note: page.account.rememberedUntil !== ""
                          ? qsTr("This computer is remembered until %1. Until then, signing in here does without the second step.").arg(page.account.rememberedUntil)
                          : qsTr("Asked for at each sign-in. “Remember this device” at the second step changes that for 30 days.")

                    AppButton {
                        objectName: "btn.forgetDevice"
                        text: qsTr("Forget this device")
                        onActivated: page.account.forgetDevice()
                    }
                }
            }
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
                        font.pixelSize: 14
                        text: qsTr("Looks after the second factor of your accounts. Works with Bitwarden accounts, but is not made or endorsed by Bitwarden. Free software under the GNU General Public License, version 3 or later.")
                    }
                }
            }
        }
    }
}
