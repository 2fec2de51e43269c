// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks about a sheet that had no answer yet when Sparekey exited or was locked.
Callout {
    id: callout

    required property UnconfirmedPrintsViewModel viewModel

    objectName: "callout.unconfirmedPrint"
    visible: viewModel.asks
    kind: Callout.Info
    text: viewModel.text

    Flow {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        spacing: Theme.space2

        AppButton {
            objectName: "btn.unconfirmedGood"
            compact: true
            text: qsTr("Yes, readable")
            onActivated: callout.viewModel.answer(true)
        }

        AppButton {
            objectName: "btn.unconfirmedBad"
            compact: true
            text: qsTr("No, remove it from the print queue")
            onActivated: callout.viewModel.answer(false)
        }
    }
}
