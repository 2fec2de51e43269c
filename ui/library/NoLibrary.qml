// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Before there is a library: what it is for, and how to begin.
ScrollArea {
    id: page

    required property LibraryViewModel viewModel
    // A recovery code is kept as soon as there is a library.
    readonly property bool waits: viewModel.waitingFor !== ""

    sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
    maximumColumnWidth: Theme.contentWidth
    spacing: Theme.space3

    Heading {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space6 - 4
        objectName: "h1.recoveryCodes"
        level: 1
        text: qsTr("Recovery codes")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.codeWaits"
        visible: page.waits
        kind: Callout.Info
        text: qsTr("Make or open a library to keep the recovery code of %1. If you leave this page, it is not kept.").arg(page.viewModel.waitingFor)
    }

    BodyText {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.space2
        subtle: true
        text: qsTr("Keep the recovery codes of all your services in one encrypted file. See how many are left, and cross out what you used. No account and no network needed.")
    }

    EntryCard {
        Layout.fillWidth: true
        objectName: "library.create"
        focus: true
        iconName: "plus"
        text: page.waits ? qsTr("Make a library") : qsTr("Add recovery codes")
        note: page.waits ? qsTr("One encrypted file for all recovery codes.")
                         : qsTr("Google, Microsoft, Apple, GitHub and others. Sparekey makes the file first.")
        onClicked: page.viewModel.addCodes()
    }

    EntryCard {
        Layout.fillWidth: true
        objectName: "library.open"
        iconName: "folder"
        text: qsTr("Open existing library…")
        note: qsTr("A file of Sparekey, or any KeePass file (KDBX 4).")
        onClicked: {
            picker.source = "";
            picker.setSource("LibraryPicker.qml", { viewModel: page.viewModel.unlocking });
        }
    }

    Loader {
        id: picker
    }
}
