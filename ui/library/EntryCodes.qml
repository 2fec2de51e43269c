// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The current codes of an entry, hidden until they are asked for.
Card {
    id: card

    required property LibraryEntryViewModel viewModel
    required property Flickable area
    required property bool changeable
    required property int pad
    readonly property bool printable: viewModel.codes.count > 0
    property int copied: -1

    signal newSetRequested

    function copy(row: int) {
        card.viewModel.copyCode(row);
        card.copied = row;
    }

    function print() {
        card.viewModel.makeSheet();
        output.openPrint();
    }

    onVisibleChanged: card.copied = -1

    implicitHeight: codesColumn.implicitHeight + 2 * card.pad

    Shortcut {
        sequence: "Ctrl+P"
        enabled: card.visible && card.printable
        onActivated: card.print()
    }

    SheetOutput {
        id: output

        viewModel: card.viewModel.sheet
    }

    ColumnLayout {
        id: codesColumn

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: card.pad
        spacing: Theme.space2

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space3

            Heading {
                Layout.fillWidth: true
                level: 2
                text: card.viewModel.setupKey ? qsTr("Setup key") : qsTr("Codes")
            }

            AppButton {
                objectName: "btn.toggleCodes"
                compact: true
                visible: card.viewModel.codes.count > 0
                iconName: card.viewModel.hidden ? "eye" : "eye-off"
                text: {
                    if (card.viewModel.setupKey)
                        return card.viewModel.hidden ? qsTr("Show key") : qsTr("Hide key");
                    return card.viewModel.hidden ? qsTr("Show codes") : qsTr("Hide codes");
                }
                description: qsTr("Alt+S")
                onActivated: card.viewModel.hidden = !card.viewModel.hidden
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.entryHint"
            subtle: true
            font.pixelSize: Theme.note
            text: card.viewModel.hintText
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.noValidCodes"
            visible: card.viewModel.codes.count === 0
            text: qsTr("No valid codes. Make new ones with the service and add them here.")
        }

        OnDemand {
            Layout.alignment: Qt.AlignLeft
            Layout.preferredWidth: 200
            Layout.preferredHeight: needed ? 200 : 0
            needed: card.viewModel.setupKey && !card.viewModel.hidden

            Rectangle {
                radius: Theme.radius
                color: "white"

                QrCodeItem {
                    anchors.fill: parent
                    secret: card.viewModel.qr
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("QR code of the setup key")
                }
            }
        }

        LongList {
            id: codes

            Layout.fillWidth: true
            objectName: "list.entryCodes"
            area: card.area
            model: card.viewModel.codes
            count: card.viewModel.codes.count

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Codes")

            delegate: EntryCodeRow {
                width: codes.width
                hidden: card.viewModel.hidden
                numbered: card.viewModel.codes.count > 1
                markable: card.changeable && !card.viewModel.setupKey
                copied: card.copied === index && card.viewModel.clipboardSeconds > 0
                onCopyRequested: card.copy(index)
                onToggleRequested: card.viewModel.hidden = !card.viewModel.hidden
                onUsedChosen: used => {
                    if (used)
                        card.viewModel.markUsed(index);
                    else
                        card.viewModel.markUnused(index);
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "line.codesClipboard"
            visible: card.copied >= 0
            font.pixelSize: Theme.note
            text: card.viewModel.clipboardSeconds > 0
                  ? qsTr("Copied. Clipboard clears in %n second(s).", "",
                         card.viewModel.clipboardSeconds)
                  : qsTr("Clipboard cleared.")
            Accessible.role: Accessible.AlertMessage
        }

        BodyText {
            Layout.fillWidth: true
            visible: text !== ""
            subtle: true
            font.pixelSize: Theme.small
            text: card.viewModel.originText
        }

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space2
            spacing: Theme.space2

            AppButton {
                objectName: "btn.printCodes"
                visible: card.printable
                kind: AppButton.Primary
                iconName: "printer"
                text: qsTr("Print…")
                onActivated: card.print()
            }

            AppButton {
                id: saveButton

                objectName: "btn.saveCodesAs"
                visible: card.printable
                iconName: "save"
                menuIndicator: true
                text: qsTr("Save as…")
                onActivated: {
                    card.viewModel.makeSheet();
                    output.offerFormats(saveButton);
                }
            }

            AppButton {
                objectName: "btn.newSet"
                visible: card.changeable
                iconName: "refresh"
                text: card.viewModel.setupKey ? qsTr("New key…") : qsTr("New set…")
                onActivated: card.newSetRequested()
            }
        }
    }
}
