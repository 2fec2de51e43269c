// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before an entry of the library is deleted. Enter keeps it.
AppDialog {
    id: dialog

    required property LibraryEntryViewModel viewModel

    objectName: "dlg.deleteCodes"
    title: qsTr("Delete these recovery codes?")
    subtitle: viewModel.title
    bodyWidth: 480
    held: viewModel.busy
    firstFocus: keep
    onDismissed: close()

    Connections {
        target: dialog.viewModel

        function onChanged() {
            if (!dialog.viewModel.open)
                dialog.close();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.deleteFailed"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("The codes are removed from your library. They stay valid with the service, and on every paper and in every file that you made.")
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("Up to five older versions of the library file, beside it, still have them.")
    }

    buttons: [
        AppButton {
            objectName: "btn.deleteCodes.confirm"
            kind: AppButton.Danger
            text: qsTr("Delete")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.remove()
        },
        AppButton {
            id: keep

            objectName: "btn.keepCodes"
            text: qsTr("Cancel")
            onActivated: dialog.close()
        }
    ]
}
