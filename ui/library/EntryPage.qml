// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// One entry of the library: its codes, its copies, and what it is about.
FocusScope {
    id: page

    required property LibraryEntryViewModel viewModel
    readonly property bool changeable: !viewModel.readOnly
    readonly property bool windowActive: page.Window.active
    readonly property int pad: page.width < 520 ? Theme.space4 : Theme.space5

    signal newSetRequested
    signal exportRequested

    objectName: "page.entry"

    Accessible.role: Accessible.Pane
    Accessible.name: page.viewModel.title

    // The page is kept for the next entry, which is shown from its top.
    onVisibleChanged: {
        if (!page.visible) {
            page.viewModel.hidden = true;
            return;
        }
        back.focus = true;
        scroller.contentY = 0;
    }

    // Codes that nobody looks at must not stay on the screen.
    Timer {
        interval: 120 * 1000
        running: page.visible && !page.viewModel.hidden
        onTriggered: page.viewModel.hidden = true
    }

    Timer {
        interval: 60 * 1000
        running: page.visible && !page.viewModel.hidden && !page.windowActive
        onTriggered: page.viewModel.hidden = true
    }

    Shortcut {
        sequence: "Alt+S"
        enabled: page.visible
        onActivated: page.viewModel.hidden = !page.viewModel.hidden
    }

    Shortcut {
        sequence: "Alt+Left"
        enabled: page.visible
        onActivated: page.viewModel.close()
    }

    component Address: RowLayout {
        id: line

        required property string label
        required property string address

        Layout.fillWidth: true
        visible: address !== ""
        spacing: Theme.space3

        BodyText {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: Math.min(160, page.width / 3)
            subtle: true
            font.pixelSize: Theme.note
            text: line.label
        }

        BodyText {
            Layout.fillWidth: true
            font.pixelSize: Theme.note
            wrapMode: Text.WrapAnywhere
            text: line.address
        }
    }

    ScrollArea {
        id: scroller

        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: Theme.space3

        AppButton {
            id: back

            Layout.topMargin: Theme.space4
            objectName: "btn.backToCodes"
            focus: true
            kind: AppButton.Link
            iconName: "chevron-left"
            text: qsTr("All recovery codes")
            onActivated: page.viewModel.close()
        }

        Heading {
            Layout.fillWidth: true
            objectName: "h1.entry"
            level: 1
            text: page.viewModel.title
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: -6
            visible: text !== ""
            subtle: true
            text: page.viewModel.subtitle
        }

        Flow {
            Layout.fillWidth: true
            spacing: Theme.space3

            BodyText {
                objectName: "txt.codesLeft"
                color: Theme.color.heading
                font.weight: Font.DemiBold
                wrapMode: Text.NoWrap
                text: page.viewModel.leftText
            }

            EntryNote {
                objectName: "txt.entryNote"
                height: parent.children[0].height
                text: page.viewModel.noteText
                tone: page.viewModel.tone
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.entryError"
            visible: page.viewModel.errorText !== ""
            kind: Callout.Danger
            alert: true
            text: page.viewModel.errorText
        }

        EntryCodes {
            Layout.fillWidth: true
            viewModel: page.viewModel
            area: scroller
            changeable: page.changeable
            pad: page.pad
            onNewSetRequested: page.newSetRequested()
        }

        OnDemand {
            Layout.fillWidth: true
            needed: page.viewModel.oldCodes.count > 0

            Callout {
                objectName: "callout.oldCodes"
                kind: Callout.Warning
                title: qsTr("The old codes are void")
                text: qsTr("%1. Destroy the copies below, so that nobody relies on them.").arg(page.viewModel.oldCodesText)

                Expander {
                    Layout.fillWidth: true
                    objectName: "expander.oldCodes"
                    title: qsTr("Old codes")

                    Repeater {
                        model: page.viewModel.oldCodes

                        EntryCodeRow {
                            Layout.fillWidth: true
                            hidden: page.viewModel.hidden
                            numbered: page.viewModel.oldCodes.count > 1
                            isVoid: true
                        }
                    }
                }
            }
        }

        Card {
            Layout.fillWidth: true
            visible: page.viewModel.copies.count > 0
            implicitHeight: copiesColumn.implicitHeight + 2 * page.pad

            ColumnLayout {
                id: copiesColumn

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: page.pad
                spacing: Theme.space3

                Heading {
                    Layout.fillWidth: true
                    level: 2
                    text: qsTr("Copies")
                }

                Repeater {
                    model: page.viewModel.copies

                    EntryCopyRow {
                        Layout.fillWidth: true
                        changeable: page.changeable
                        onPlaceRequested: (placing.load() as CopyPlaceDialog).openFor(index, text, place)
                        onCheckedChosen: page.viewModel.markCopyChecked(index)
                        onDestroyedChosen: page.viewModel.markCopyDestroyed(index)
                    }
                }
            }
        }

        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space7
            implicitHeight: about.implicitHeight + 2 * page.pad

            ColumnLayout {
                id: about

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: page.pad
                spacing: Theme.space2

                Heading {
                    Layout.fillWidth: true
                    level: 2
                    text: qsTr("Details")
                }

                Address {
                    label: qsTr("Account")
                    address: page.viewModel.account
                }

                Address {
                    label: qsTr("Sign-in page")
                    address: page.viewModel.signInAddress
                }

                Address {
                    label: qsTr("Where codes are used")
                    address: page.viewModel.recoveryAddress
                }

                Address {
                    label: qsTr("New codes are made at")
                    address: page.viewModel.newCodesAddress
                }

                Address {
                    label: qsTr("What you need")
                    address: page.viewModel.needsText
                }

                Address {
                    label: qsTr("Tags")
                    address: page.viewModel.tags
                }

                Address {
                    label: qsTr("Notes")
                    address: page.viewModel.notes
                }

                Flow {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space2
                    spacing: Theme.space2

                    AppButton {
                        objectName: "btn.editEntry"
                        visible: page.changeable
                        text: qsTr("Edit…")
                        onActivated: (editing.load() as EditEntryDialog).open()
                    }

                    AppButton {
                        objectName: "btn.exportEntry"
                        visible: page.viewModel.codes.count > 0
                        text: qsTr("Export…")
                        description: qsTr("Save these codes in a file of another program.")
                        onActivated: page.exportRequested()
                    }

                    AppButton {
                        objectName: "btn.deleteEntry"
                        visible: page.changeable
                        text: qsTr("Delete…")
                        onActivated: (deleting.load() as DeleteCodesDialog).open()
                    }
                }
            }
        }
    }

    OnDemand {
        id: editing

        EditEntryDialog {
            viewModel: page.viewModel
        }
    }

    OnDemand {
        id: deleting

        DeleteCodesDialog {
            viewModel: page.viewModel
        }
    }

    OnDemand {
        id: placing

        CopyPlaceDialog {
            viewModel: page.viewModel
        }
    }
}
