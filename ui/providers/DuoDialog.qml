// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Duo: set up with three values from its admin page, looked at, or turned off.
AppDialog {
    id: dialog

    required property DuoViewModel viewModel

    objectName: "dlg.duo"
    title: qsTr("Two-step login")
    subtitle: viewModel.name
    visible: viewModel.stage === ProviderViewModel.Open
             || viewModel.stage === ProviderViewModel.VerifyingAgain
    held: viewModel.busy
    cancels: viewModel.busy
    firstFocus: (viewModel.on ? closeButton : form.firstField) as Item
    onDismissed: discard.leave()
    onClosed: discard.close()

    component Stored: ColumnLayout {
        id: stored

        required property string label
        required property string text

        Layout.fillWidth: true
        visible: text !== ""
        spacing: 2

        FieldLabel {
            Layout.fillWidth: true
            text: stored.label
        }

        BodyText {
            Layout.fillWidth: true
            text: stored.text
            font.family: Theme.mono
            wrapMode: Text.WrapAnywhere
            Accessible.name: qsTr("%1: %2").arg(stored.label).arg(stored.text)
        }
    }

    ProviderNotes {
        Layout.fillWidth: true
        viewModel: dialog.viewModel
        covered: dialog.viewModel.askingToTurnOff
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.lapsed"
        visible: dialog.viewModel.lapsed
        kind: Callout.Warning
        text: qsTr("Premium has ended. You can turn this method off, but not change it.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.on"
        visible: dialog.viewModel.on && !dialog.viewModel.lapsed
        kind: Callout.Success
        title: qsTr("Turned on")
        text: dialog.viewModel.ofOrganization
              ? qsTr("All members of the organization are asked for Duo when they sign in.")
              : qsTr("This method is protecting your account.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: !dialog.viewModel.on
        text: qsTr("Duo’s admin page shows these three values for an application of the type Web SDK.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.setUpForAll"
        visible: dialog.viewModel.setUpForAll && !dialog.viewModel.on
        kind: Callout.Info
        text: qsTr("The administrator of this server has set up Duo for everybody. To use that, leave all three fields empty and press Turn on.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.only"
        visible: dialog.viewModel.onlyMethod
        kind: Callout.Info
        text: qsTr("If Duo is out of order, only your recovery code lets you in. Add a second method.")
    }

    DuoForm {
        id: form

        Layout.fillWidth: true
        visible: !dialog.viewModel.on
        form: dialog.viewModel.form
        readOnly: dialog.viewModel.busy
        blocked: dialog.viewModel.waitText !== ""
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.checking"
        visible: dialog.viewModel.busy && !dialog.viewModel.askingToTurnOff
        text: qsTr("Checking with Duo…")
        Accessible.role: Accessible.AlertMessage
    }

    Stored {
        objectName: "txt.clientId"
        label: qsTr("Client ID")
        text: dialog.viewModel.on ? dialog.viewModel.clientId : ""
    }

    Stored {
        objectName: "txt.clientSecret"
        label: qsTr("Client secret")
        text: dialog.viewModel.on ? dialog.viewModel.maskedSecret : ""
    }

    Stored {
        objectName: "txt.host"
        label: qsTr("API hostname")
        text: dialog.viewModel.on ? dialog.viewModel.host : ""
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.setUpForAll"
        visible: dialog.viewModel.setUpForAll && dialog.viewModel.on
        text: qsTr("Your account uses the Duo that the administrator of this server has set up for everybody.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.viewModel.on && !dialog.viewModel.lapsed && !dialog.viewModel.setUpForAll
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("The server keeps parts of this hidden. To change it, turn Duo off and set it up again.")
    }

    DiscardDialog {
        id: discard

        viewModel: dialog.viewModel
        entered: !dialog.viewModel.on && !form.empty
    }

    TurnOffDialog {
        viewModel: dialog.viewModel
        ofOrganization: dialog.viewModel.ofOrganization
    }

    buttons: [
        AppButton {
            objectName: "btn.turnOn"
            visible: !dialog.viewModel.on
            kind: AppButton.Primary
            text: qsTr("Turn on")
            busy: dialog.viewModel.busy
            blockedReason: dialog.viewModel.waitText
            onActivated: form.submit()
        },
        AppButton {
            objectName: "btn.turnOff"
            visible: dialog.viewModel.on
            kind: AppButton.Danger
            text: qsTr("Turn off")
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.askToTurnOff()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: discard.leave()
        }
    ]
}
