// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks before any method is turned off. Enter cancels.
AppDialog {
    id: dialog

    required property ProviderViewModel viewModel
    property bool ofOrganization: false

    readonly property bool severalKeys: viewModel.keyNames.length > 1

    objectName: "dlg.turnOff"
    title: qsTr("Turn off %1?").arg(viewModel.name)
    subtitle: viewModel.account
    bodyWidth: 480
    closeText: qsTr("Cancel")
    visible: viewModel.askingToTurnOff && viewModel.stage === ProviderViewModel.Open
    held: viewModel.busy
    firstFocus: keep
    onShown: sure.checked = false
    onDismissed: viewModel.cancelTurnOff()

    ProviderNotes {
        Layout.fillWidth: true
        viewModel: dialog.viewModel
    }

    BodyText {
        Layout.fillWidth: true
        // For an organization, `turnOffNote` says it.
        visible: !dialog.ofOrganization
        text: qsTr("You won’t be asked for it at sign-in.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.viewModel.keyNames.length > 0
        text: qsTr("This removes %n key(s):", "", dialog.viewModel.keyNames.length)
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.space4
        objectName: "list.keys"
        visible: dialog.viewModel.keyNames.length > 0
        spacing: Theme.space2

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Keys")

        Repeater {
            model: dialog.viewModel.keyNames

            RowLayout {
                id: named

                required property string modelData

                Layout.fillWidth: true
                spacing: Theme.space2

                Icon {
                    name: "key"
                    size: 18
                    color: Theme.color.subtle
                }

                BodyText {
                    Layout.fillWidth: true
                    text: named.modelData
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.left"
        visible: dialog.viewModel.turnOffNote !== ""
        kind: Callout.Warning
        text: dialog.viewModel.turnOffNote
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.codeUnsaved"
        visible: dialog.viewModel.codeUnsaved
        kind: Callout.Info
        text: qsTr("Save your recovery code first. You need it if your other methods fail.")

        AppButton {
            objectName: "btn.viewCodeFirst"
            compact: true
            text: qsTr("View recovery code")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.viewRecoveryCode()
        }
    }

    AppCheckBox {
        id: sure

        Layout.fillWidth: true
        objectName: "box.sure"
        visible: dialog.severalKeys
        text: qsTr("I have another way to sign in")
    }

    buttons: [
        AppButton {
            objectName: "btn.turnOff.confirm"
            kind: AppButton.Danger
            text: qsTr("Turn off %1").arg(dialog.viewModel.name)
            busy: dialog.viewModel.busy
            blockedReason: dialog.severalKeys && !sure.checked
                           ? qsTr("Select the box above to continue.") : dialog.viewModel.waitText
            onActivated: dialog.viewModel.turnOff()
        },
        AppButton {
            id: keep

            objectName: "btn.keep"
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.cancelTurnOff()
        }
    ]
}
