// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Resets a key: shows what is lost, asks for a word, and says what to do with the key.
AppDialog {
    id: dialog

    required property KeyResetViewModel viewModel
    readonly property bool working: viewModel.stage === KeyResetViewModel.Working
    readonly property bool done: viewModel.stage === KeyResetViewModel.Done

    function start() {
        if (!dialog.working && !dialog.done)
            dialog.viewModel.reset(word.text);
    }

    component Point: RowLayout {
        id: point

        required property string text
        property string mark: "•"

        Layout.fillWidth: true
        spacing: Theme.space2

        BodyText {
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: 18
            text: point.mark
            Accessible.ignored: true
        }

        BodyText {
            Layout.fillWidth: true
            text: point.text
        }
    }

    objectName: "dlg.keyReset"
    title: done ? qsTr("The key is empty") : qsTr("Reset this key")
    subtitle: viewModel.keyName
    bodyWidth: 560
    visible: viewModel.stage !== KeyResetViewModel.Closed
    cancels: working
    focusFollows: true
    firstFocus: (done || working ? closeButton : word) as Item
    opensAtTop: true
    onShown: word.text = ""
    onDismissed: working ? viewModel.prompt.cancel() : viewModel.close()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.keyReset"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        title: qsTr("Nothing was reset")
        text: dialog.viewModel.errorText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.resetDone"
        visible: dialog.done
        kind: Callout.Success
        alert: true
        title: qsTr("Everything on the key was deleted")
        text: qsTr("It has no PIN and opens nothing. Register it again where you need it.")
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: !dialog.done && !dialog.working
        spacing: Theme.space2

        Heading {
            Layout.fillWidth: true
            level: 3
            text: qsTr("What you lose")
        }

        Point {
            text: qsTr("Every passkey of this key, at every site and in every app, also those that Sparekey does not know of. The key opens none of them any more.")
        }

        Point {
            text: qsTr("All sign-ins that are stored on it, and its PIN.")
        }

        Point {
            text: qsTr("None of this can be undone. One-time passwords that the key types are not part of it and stay.")
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.resetAccounts"
        visible: dialog.viewModel.accountsText !== "" && !dialog.working
        kind: dialog.done ? Callout.Info : Callout.Warning
        title: dialog.done ? qsTr("Remove its passkeys from these accounts") : qsTr("It will not open these accounts any more")
        text: dialog.viewModel.accountsText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.resetUnproven"
        visible: dialog.viewModel.unproven && !dialog.done
        kind: Callout.Warning
        title: qsTr("Make sure that it is the right key")
        text: dialog.viewModel.onReader
              ? qsTr("Nothing tells this key from others of its model. The next key that is placed on the reader is reset.")
              : qsTr("Nothing tells this key from others of its model. The next key that is plugged in and touched is reset.")
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: !dialog.done && !dialog.working
        spacing: Theme.space2

        Heading {
            Layout.fillWidth: true
            level: 3
            text: qsTr("Steps")
        }

        Point {
            mark: "1."
            text: qsTr("Enter the word below.")
        }

        Point {
            mark: "2."
            text: dialog.viewModel.onReader
                  ? qsTr("Lift the key and place it on the reader again. It accepts a reset only in the first 10 seconds, so Sparekey sends it at once.")
                  : qsTr("Unplug the key and plug it in again. It accepts a reset only in the first 10 seconds, so Sparekey sends it at once.")
        }

        Point {
            mark: "3."
            visible: !dialog.viewModel.onReader
            text: qsTr("The key blinks: touch it within 30 seconds. Until you do, nothing is deleted.")
        }
    }

    AppTextField {
        id: word

        Layout.fillWidth: true
        objectName: "field.resetWord"
        visible: !dialog.done && !dialog.working
        label: qsTr("Enter %1 to continue").arg(dialog.viewModel.word)
        inputMethodHints: Qt.ImhNoPredictiveText
        maximumLength: 40
        onEdited: dialog.scrollArea.follow()
        onAccepted: dialog.start()
    }

    KeyPrompt {
        Layout.fillWidth: true
        viewModel: dialog.viewModel.prompt
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.resetSeconds"
        visible: dialog.working
        text: dialog.viewModel.prompt.stage === KeyPromptViewModel.Touch
              ? qsTr("%n second(s) left to touch it. Until you do, nothing is deleted.", "",
                     dialog.viewModel.prompt.secondsLeft)
              : dialog.viewModel.prompt.stage === KeyPromptViewModel.Replug
                ? qsTr("It accepts a reset only in the first 10 seconds after that. Sparekey sends it at once.")
                : ""
    }

    buttons: [
        AppButton {
            objectName: "btn.reset.confirm"
            visible: !dialog.done && !dialog.working
            kind: AppButton.Danger
            text: qsTr("Reset key")
            blockedReason: word.text.trim() === dialog.viewModel.word
                           ? "" : qsTr("Enter %1 first.").arg(dialog.viewModel.word)
            onActivated: dialog.start()
        },
        AppButton {
            id: closeButton

            objectName: "btn.close"
            text: dialog.working ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.working ? dialog.viewModel.prompt.cancel()
                                        : dialog.viewModel.close()
        }
    ]
}
