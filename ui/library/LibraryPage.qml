// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The section Recovery codes: the library, or what is needed to open it.
FocusScope {
    id: page

    required property LibraryViewModel viewModel

    objectName: "page.recoveryCodes"

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Recovery codes")

    // Below everything else; what is dropped on a dialog reaches it too.
    CodeDropArea {
        id: drop

        anchors.fill: parent
        viewModel: page.viewModel
        enabled: !OpenDialogs.any || page.viewModel.adding.stage === AddCodesViewModel.Choose
    }

    OnDemand {
        anchors.fill: parent
        needed: page.viewModel.stage === LibraryViewModel.NoFile

        NoLibrary {
            focus: page.viewModel.stage === LibraryViewModel.NoFile
            viewModel: page.viewModel
        }
    }

    OnDemand {
        anchors.fill: parent
        needed: page.viewModel.stage === LibraryViewModel.Locked

        LockedLibrary {
            focus: page.viewModel.stage === LibraryViewModel.Locked
            viewModel: page.viewModel
        }
    }

    OnDemand {
        anchors.fill: parent
        needed: page.viewModel.stage === LibraryViewModel.Open && !page.viewModel.entry.open

        LibraryList {
            focus: page.viewModel.stage === LibraryViewModel.Open && !page.viewModel.entry.open
            viewModel: page.viewModel
        }
    }

    OnDemand {
        anchors.fill: parent
        needed: page.viewModel.entry.open

        EntryPage {
            focus: page.viewModel.entry.open
            viewModel: page.viewModel.entry
            onNewSetRequested: page.viewModel.startNewSet()
            onExportRequested: page.viewModel.exportEntry()
        }
    }

    // Where a drop would go, and what it does.
    OnDemand {
        anchors.fill: parent
        anchors.margins: Theme.space3
        needed: drop.hovered

        Rectangle {
            objectName: "frame.drop"
            radius: Theme.radius
            color: Theme.color.surface
            border.width: 2
            border.color: Theme.color.brand

            ColumnLayout {
                anchors.centerIn: parent
                width: Math.min(parent.width - 2 * Theme.space5, 420)
                spacing: Theme.space3

                Icon {
                    Layout.alignment: Qt.AlignHCenter
                    name: "plus"
                    size: 32
                    color: Theme.color.brand
                }

                Heading {
                    Layout.fillWidth: true
                    level: 2
                    horizontalAlignment: Text.AlignHCenter
                    text: page.viewModel.adding.entryTitle === "" ? qsTr("Drop to add recovery codes")
                                                                  : qsTr("Drop to add new codes")
                }

                BodyText {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    subtle: true
                    text: qsTr("A file, a text or a picture with a QR code. You see the codes before they are saved.")
                }
            }
        }
    }

    OnDemand {
        needed: page.viewModel.creating.open

        CreateLibraryDialog {
            viewModel: page.viewModel.creating
        }
    }

    OnDemand {
        needed: page.viewModel.changingKey.stage !== ChangeKeyViewModel.Closed

        ChangeKeyDialog {
            viewModel: page.viewModel.changingKey
        }
    }

    OnDemand {
        needed: page.viewModel.moving.open

        MoveLibraryDialog {
            viewModel: page.viewModel.moving
        }
    }

    OnDemand {
        needed: page.viewModel.exporting.stage !== ExportViewModel.Closed

        ExportDialog {
            viewModel: page.viewModel.exporting
        }
    }

    OnDemand {
        needed: page.viewModel.adding.stage !== AddCodesViewModel.Closed

        AddCodesDialog {
            viewModel: page.viewModel.adding
        }
    }
}
