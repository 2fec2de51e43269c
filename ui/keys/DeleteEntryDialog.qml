// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before a sign-in is deleted from a key. Enter keeps it.
AppDialog {
    id: dialog

    required property KeyEntriesViewModel viewModel
    readonly property bool working: viewModel.prompt.active

    objectName: "dlg.deleteEntry"
    title: qsTr("Delete this sign-in?")
    subtitle: viewModel.askedSite
    bodyWidth: 480
    visible: viewModel.asking && viewModel.open
    cancels: working
    focusFollows: true
    firstFocus: (prompt.visible ? prompt : keep) as Item
    onDismissed: viewModel.cancelDelete()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.deleteEntry"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.askedUser"
        color: Theme.color.heading
        text: qsTr("%1 at %2").arg(dialog.viewModel.askedUser).arg(dialog.viewModel.askedSite)
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("It is deleted from the key for good. If it is the only way into that account, you lock yourself out: make sure of another one first. The site itself is not told.")
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: dialog.viewModel.prompt
    }

    buttons: [
        AppButton {
            objectName: "btn.deleteEntry.confirm"
            kind: AppButton.Danger
            text: qsTr("Delete sign-in")
            busy: dialog.working
            onActivated: dialog.viewModel.deleteEntry()
        },
        AppButton {
            id: keep

            objectName: "btn.keepEntry"
            text: dialog.working ? qsTr("Cancel") : qsTr("Keep sign-in")
            onActivated: dialog.viewModel.cancelDelete()
        }
    ]
}
