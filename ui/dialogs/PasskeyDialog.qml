// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Passkeys: those that are registered, and removing them.
AppDialog {
    id: dialog

    required property PasskeyViewModel viewModel

    objectName: "dlg.passkey"
    title: qsTr("Two-step login")
    subtitle: viewModel.name
    bodyWidth: 680
    visible: viewModel.stage === ProviderViewModel.Open
             || viewModel.stage === ProviderViewModel.VerifyingAgain
    held: viewModel.busy
    cancels: viewModel.busy
    firstFocus: closeButton
    onDismissed: viewModel.leave()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.error"
        visible: dialog.viewModel.errorText !== "" && !dialog.viewModel.askingToTurnOff
                 && !dialog.viewModel.askingToRemove
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.notice"
        visible: dialog.viewModel.noticeText !== ""
        kind: Callout.Info
        alert: true
        text: dialog.viewModel.noticeText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.on"
        visible: dialog.viewModel.on
        kind: Callout.Success
        title: qsTr("Turned on")
        text: qsTr("This method is protecting your account.")
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("A passkey answers only to the true server, so a forged page gets nothing from it. Some apps cannot use passkeys for this step: keep another method on.")
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space2
        spacing: Theme.space3

        Heading {
            Layout.fillWidth: true
            level: 3
            text: qsTr("Your keys")
        }

        BodyText {
            objectName: "txt.count"
            subtle: true
            font.pixelSize: 14
            wrapMode: Text.NoWrap
            text: dialog.viewModel.keys.count === 0
                  ? qsTr("No keys yet")
                  : qsTr("%n registered", "", dialog.viewModel.keys.count)
        }
    }

    Card {
        Layout.fillWidth: true
        objectName: "list.passkeys"
        visible: dialog.viewModel.keys.count > 0
        implicitHeight: rows.height

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Your keys")

        Column {
            id: rows

            width: parent.width

            Repeater {
                model: dialog.viewModel.keys

                PasskeyRow {
                    width: rows.width
                    removeBlockedReason: dialog.viewModel.removeBlockedReason
                    held: dialog.viewModel.busy
                    onRemove: dialog.viewModel.askToRemove(index)
                }
            }
        }
    }

    AppButton {
        objectName: "btn.addKey"
        compact: true
        iconName: "plus"
        text: qsTr("Add a key")
        blockedReason: dialog.viewModel.addBlockedReason
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: -4
        objectName: "txt.addBlocked"
        visible: text !== ""
        subtle: true
        font.pixelSize: Theme.small
        text: dialog.viewModel.addBlockedReason
    }

    RemovePasskeyDialog {
        viewModel: dialog.viewModel
    }

    TurnOffDialog {
        viewModel: dialog.viewModel
    }

    buttons: [
        AppButton {
            objectName: "btn.turnOff"
            visible: dialog.viewModel.on
            kind: AppButton.Danger
            text: qsTr("Turn off")
            onActivated: dialog.viewModel.askToTurnOff()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.viewModel.leave()
        }
    ]
}
