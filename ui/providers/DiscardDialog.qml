// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asked before the dialog of a method is closed in which something was entered. Enter goes back to
// it.
AppDialog {
    id: dialog

    required property ProviderViewModel viewModel
    // Closing loses something.
    property bool entered: false

    // Closes the dialog of the method, if need be after asking.
    function leave() {
        if (dialog.entered && !dialog.viewModel.busy)
            dialog.open();
        else
            dialog.viewModel.leave();
    }

    objectName: "dlg.discard"
    title: qsTr("Close without saving?")
    bodyWidth: 420
    firstFocus: back
    onDismissed: dialog.close()

    BodyText {
        Layout.fillWidth: true
        text: qsTr("What you have entered is lost then.")
    }

    buttons: [
        AppButton {
            id: back

            objectName: "btn.goBack"
            kind: AppButton.Primary
            text: qsTr("Go back")
            onActivated: dialog.close()
        },
        AppButton {
            objectName: "btn.discard"
            text: qsTr("Close without saving")
            onActivated: {
                dialog.close();
                dialog.viewModel.close();
            }
        }
    ]
}
