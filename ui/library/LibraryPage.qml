// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
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
        }
    }

    // Where a drop would go.
    Rectangle {
        anchors.fill: parent
        visible: drop.hovered
        color: "transparent"
        border.width: 2
        border.color: Theme.color.brand
    }

    OnDemand {
        needed: page.viewModel.creating.open

        CreateLibraryDialog {
            viewModel: page.viewModel.creating
        }
    }

    OnDemand {
        needed: page.viewModel.adding.stage !== AddCodesViewModel.Closed

        AddCodesDialog {
            viewModel: page.viewModel.adding
        }
    }
}
