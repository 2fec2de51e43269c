// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Shows the registered passkeys, adds and removes them.
ProviderDialog {
    id: dialog

    required property PasskeyViewModel viewModel

    readonly property int step: viewModel.newKey.step
    readonly property bool adding: step !== NewPasskeyViewModel.Closed
    readonly property bool read: step === NewPasskeyViewModel.Read
                                 || step === NewPasskeyViewModel.Saving
    readonly property bool saved: step === NewPasskeyViewModel.Saved
                                  || step === NewPasskeyViewModel.Testing
    readonly property bool tested: viewModel.newKey.testText !== "" && !viewModel.newKey.testFailed
    // There is no list to go back to.
    readonly property bool first: !viewModel.on && viewModel.keys.count === 0
                                  && !viewModel.keysUnknown
    readonly property bool keyAtWork: viewModel.newKey.prompt.active

    objectName: "dlg.passkey"
    provider: viewModel
    key: "passkey"
    bodyWidth: 680
    looking: viewModel.on && !adding
    asking: viewModel.askingToTurnOff || viewModel.askingToRemove
    closes: !adding || viewModel.busy || (first && !saved)
    stepped: true
    firstFocus: (adding ? form.nameField : addButton) as Item
    onShown: addTimer.start()
    // A running operation of a key is stopped first, before anything is closed.
    onStepBack: {
        if (dialog.keyAtWork)
            dialog.viewModel.newKey.prompt.cancel();
        else if (dialog.saved || !dialog.adding || dialog.viewModel.busy || dialog.first)
            dialog.viewModel.leave();
        else
            dialog.viewModel.stopAdding();
    }
    onAddingChanged: if (visible && !adding) addButton.forceActiveFocus(Qt.OtherFocusReason)

    // With an empty list, adding a key starts at once. Deferred, because it changes what `visible`
    // depends on while `visible` is being evaluated.
    Timer {
        id: addTimer

        interval: 0
        onTriggered: if (dialog.visible && dialog.first) dialog.viewModel.addKeyByTouch()
    }

    Connections {
        target: dialog.viewModel.newKey

        function onStepChanged() {
            focusTimer.start();
        }
    }

    // Runs after the buttons are shown.
    Timer {
        id: focusTimer

        interval: 0
        onTriggered: {
            if (dialog.keyAtWork)
                form.takeFocus();
            else if (dialog.step === NewPasskeyViewModel.Describing
                     && dialog.viewModel.newKey.errorText !== "")
                readButton.forceActiveFocus(Qt.OtherFocusReason);
            else if (dialog.step === NewPasskeyViewModel.Read)
                saveButton.forceActiveFocus(Qt.OtherFocusReason);
            else if (dialog.step === NewPasskeyViewModel.Saved)
                (dialog.tested ? doneButton : testButton).forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    NewPasskeyForm {
        id: form

        Layout.fillWidth: true
        visible: dialog.adding
        viewModel: dialog.viewModel.newKey
        // Goes through the buttons, because they may be blocked.
        onReadRequested: readButton.clicked()
        onSaveRequested: saveButton.clicked()
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: !dialog.adding
        spacing: Theme.space4

        BodyText {
            Layout.fillWidth: true
            text: qsTr("Security keys don’t work on fake sign-in pages. Some apps can’t use them. Keep another method.")
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
                font.pixelSize: Theme.note
                wrapMode: Text.NoWrap
                text: {
                    if (dialog.viewModel.keysUnknown)
                        return qsTr("Unknown");
                    return dialog.viewModel.keys.count === 0
                           ? qsTr("No keys yet")
                           : qsTr("%n registered", "", dialog.viewModel.keys.count);
                }
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.keysUnknown"
            visible: dialog.viewModel.keysUnknown
            kind: Callout.Warning
            text: qsTr("It is not known which keys are registered. Ask the server.")

            AppButton {
                objectName: "btn.readAgain"
                compact: true
                iconName: "refresh"
                text: qsTr("Ask the server")
                busy: dialog.viewModel.busy
                blockedReason: dialog.viewModel.waitText
                onActivated: dialog.viewModel.readAgain()
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

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: -Theme.space2
            objectName: "txt.removeBlocked"
            visible: dialog.viewModel.keys.count > 0 && text !== ""
            subtle: true
            font.pixelSize: Theme.small
            text: dialog.viewModel.removeBlockedReason
        }

        AppButton {
            id: addButton

            objectName: "btn.addKey"
            compact: true
            iconName: "plus"
            text: qsTr("Add security key")
            blockedReason: dialog.viewModel.addBlockedReason
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.addKeyByTouch()
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
    }

    RemovePasskeyDialog {
        viewModel: dialog.viewModel
    }

    actions: [
        // The next step comes first. While a key is in use, the user can only cancel.
        AppButton {
            id: saveButton

            objectName: "btn.saveKey"
            visible: dialog.read
            kind: AppButton.Primary
            text: qsTr("Save")
            busy: dialog.step === NewPasskeyViewModel.Saving
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.saveKey()
        },
        AppButton {
            id: readButton

            objectName: "btn.readKey"
            visible: dialog.adding && !dialog.saved && !dialog.keyAtWork
            kind: dialog.read ? AppButton.Secondary : AppButton.Primary
            text: dialog.read ? qsTr("Read again") : qsTr("Continue")
            busy: dialog.step === NewPasskeyViewModel.Asking
            enabled: !dialog.viewModel.busy
            blockedReason: dialog.viewModel.waitText
            onActivated: dialog.viewModel.registerKey()
        },
        AppButton {
            id: testButton

            objectName: "btn.testKey"
            visible: dialog.saved && !dialog.tested && !dialog.keyAtWork
            kind: AppButton.Primary
            text: dialog.viewModel.newKey.testText === "" ? qsTr("Test the key")
                                                          : qsTr("Test again")
            onActivated: dialog.viewModel.newKey.test()
        },
        AppButton {
            id: doneButton

            objectName: "btn.keyDone"
            visible: dialog.saved
            kind: dialog.tested ? AppButton.Primary : AppButton.Secondary
            text: qsTr("Done")
            onActivated: dialog.viewModel.finishAdding()
        },
        AppButton {
            objectName: "btn.testKeyAgain"
            visible: dialog.tested && !dialog.keyAtWork
            text: qsTr("Test again")
            onActivated: dialog.viewModel.newKey.test()
        },
        AppButton {
            objectName: "btn.stopAdding"
            visible: dialog.adding && !dialog.saved && !dialog.viewModel.busy && !dialog.first
            text: qsTr("Back to the list")
            onActivated: dialog.viewModel.stopAdding()
        }
    ]
}
