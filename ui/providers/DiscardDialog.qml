// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before a method's dialog with unsaved entries is closed. Enter returns to that dialog.
AppDialog {
    id: dialog

    required property ProviderViewModel viewModel
    // Closing would discard an entry.
    property bool entered: false

    // Closes the method's dialog, after asking if something was entered.
    function leave() {
        if (dialog.entered && !dialog.viewModel.busy)
            dialog.open();
        else
            dialog.viewModel.leave();
    }

    objectName: "dlg.discard"
    title: qsTr("Discard what you entered?")
    subtitle: viewModel.name
    bodyWidth: 420
    closeText: qsTr("Cancel")
    firstFocus: back
    onDismissed: dialog.close()

    BodyText {
        Layout.fillWidth: true
        text: qsTr("Nothing has been saved yet.")
    }

    buttons: [
        AppButton {
            objectName: "btn.discard"
            text: qsTr("Discard")
            onActivated: {
                dialog.close();
                dialog.viewModel.close();
            }
        },
        AppButton {
            id: back

            objectName: "btn.goBack"
            text: qsTr("Cancel")
            onActivated: dialog.close()
        }
    ]
}
