// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Sets up Duo with three values from its admin page, shows them, or turns it off.
ProviderDialog {
    id: dialog

    required property DuoViewModel viewModel

    objectName: "dlg.duo"
    provider: viewModel
    key: organization !== "" ? "organizationDuo" : "duo"
    turnedOnText: organization !== "" ? qsTr("Every member is asked for Duo when signing in.")
                                      : qsTr("This method is protecting your account.")
    entered: !viewModel.on && !form.empty
    firstFocus: (viewModel.on ? closeButton : form.firstField) as Item

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
        text: qsTr("The administrator of this server has set up Duo for everybody. To use it, leave all three fields empty and press Turn on.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.only"
        visible: dialog.viewModel.onlyMethod
        kind: Callout.Info
        text: qsTr("If Duo is down, only your recovery code works. Add a second method.")
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
        text: qsTr("Parts of the secret are hidden. To change them, turn Duo off and set it up again.")
    }

    actions: AppButton {
        objectName: "btn.turnOn"
        visible: !dialog.viewModel.on
        kind: AppButton.Primary
        text: qsTr("Turn on")
        busy: dialog.viewModel.busy
        blockedReason: dialog.viewModel.waitText
        onActivated: form.submit()
    }
}
