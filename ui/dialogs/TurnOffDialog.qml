// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asked before any method is turned off. Enter keeps it on.
AppDialog {
    id: dialog

    required property ProviderViewModel viewModel

    objectName: "dlg.turnOff"
    title: qsTr("Turn off %1?").arg(viewModel.name)
    bodyWidth: 460
    visible: viewModel.askingToTurnOff && viewModel.stage === ProviderViewModel.Open
    held: viewModel.busy
    firstFocus: keep
    onDismissed: viewModel.keepOn()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.turnOff"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("It will no longer be asked for when someone signs in.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.left"
        visible: dialog.viewModel.turnOffNote !== ""
        kind: Callout.Warning
        text: dialog.viewModel.turnOffNote
    }

    buttons: [
        AppButton {
            objectName: "btn.turnOff.confirm"
            kind: AppButton.Danger
            text: qsTr("Turn off %1").arg(dialog.viewModel.name)
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.turnOff()
        },
        AppButton {
            id: keep

            objectName: "btn.keep"
            text: qsTr("Keep it on")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.keepOn()
        }
    ]
}
