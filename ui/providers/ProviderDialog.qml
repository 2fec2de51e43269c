// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The frame for the dialogs of all methods: the verification prompt, the notes that all methods
// have, the buttons, and the questions before a method is turned off or an entry is discarded.
AppDialog {
    id: dialog

    required property ProviderViewModel provider
    // Part of the object names of the dialogs that belong to it.
    required property string key
    // Closing now would discard an entry.
    property bool entered: false
    // The dialog shows that the method is on, and how to turn it off.
    property bool looking: provider.on
    property string turnedOnText: qsTr("This method is protecting your account.")
    // A question in front shows notes of its own.
    property bool asking: provider.askingToTurnOff
    property string organization: ""
    property bool closes: true
    // The dialog has steps to go back to before it closes.
    property bool stepped: false
    property alias actions: row.data
    readonly property Item closeButton: close

    signal stepBack

    // Called by the button, ✕ or Esc.
    function leave() {
        if (dialog.stepped)
            dialog.stepBack();
        else
            discard.leave();
    }

    title: provider.name
    subtitle: organization !== "" ? organization : provider.account
    visible: !provider.onlyTurningOff
             && (provider.stage === ProviderViewModel.Open
                 || provider.stage === ProviderViewModel.VerifyingAgain)
    held: provider.busy
    cancels: provider.busy
    onDismissed: dialog.leave()
    onClosed: discard.close()
    // Puts the button after the actions, which are added later.
    Component.onCompleted: close.parent = row

    VerificationDialog {
        id: verification

        readonly property bool again: dialog.provider.stage === ProviderViewModel.VerifyingAgain
        readonly property bool turnsOff: dialog.provider.onlyTurningOff && !verification.again

        parent: dialog.parent
        objectName: "dlg.verify." + dialog.key
        viewModel: dialog.provider.verification
        visible: dialog.provider.stage === ProviderViewModel.Verifying || verification.again
        title: verification.turnsOff ? qsTr("Turn off %1?").arg(dialog.provider.name) : dialog.provider.name
        subtitle: dialog.subtitle
        keepsEntries: verification.again
        reason: verification.again
                ? qsTr("Some time has passed. Enter your master password again. What you entered is kept.")
                : verification.turnsOff && dialog.organization === ""
                ? qsTr("You won’t be asked for it at sign-in. Enter your master password to turn it off.")
                : verification.turnsOff ? qsTr("Enter your master password to turn it off.")
                : qsTr("Enter your master password to change these settings.")
        warning: verification.turnsOff ? dialog.provider.turnOffNote : ""
        hint: verification.turnsOff && dialog.provider.codeUnsaved
              ? qsTr("Save your recovery code first. You need it if your other methods fail.") : ""
        destructive: verification.turnsOff
        actionText: verification.turnsOff ? qsTr("Turn off %1").arg(dialog.provider.name)
                                           : qsTr("Continue")
    }

    DiscardDialog {
        id: discard

        viewModel: dialog.provider
        entered: dialog.entered
    }

    TurnOffDialog {
        parent: dialog.parent
        viewModel: dialog.provider
        ofOrganization: dialog.organization !== ""
    }

    ProviderNotes {
        Layout.fillWidth: true
        viewModel: dialog.provider
        covered: dialog.asking
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.lapsed"
        visible: dialog.provider.lapsed
        kind: Callout.Warning
        text: qsTr("Premium has ended. You can turn this method off, but not change it.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.on"
        visible: dialog.provider.on && dialog.looking && !dialog.provider.lapsed
        kind: Callout.Success
        title: qsTr("Turned on")
        text: dialog.turnedOnText
    }

    buttons: Item {
        width: parent ? parent.width : 0
        height: Math.max(row.height, turnOff.height)

        Flow {
            id: row

            width: parent.width - (turnOff.visible ? turnOff.width + Theme.space3 : 0)
            spacing: Theme.space2
        }

        AppButton {
            id: close

            objectName: "btn.close"
            visible: dialog.closes
            text: dialog.provider.busy || !dialog.provider.on ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.leave()
        }

        AppButton {
            id: turnOff

            anchors.right: parent.right
            objectName: "btn.turnOff"
            visible: dialog.provider.on && dialog.looking
            text: qsTr("Turn off…")
            blockedReason: dialog.provider.waitText
            onActivated: dialog.provider.askToTurnOff()
        }
    }
}
