// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Adds a passkey: a name, a key, the prompts of the key, and a test after it is saved.
ColumnLayout {
    id: form

    required property NewPasskeyViewModel viewModel

    readonly property int step: viewModel.step
    readonly property Item nameField: name
    readonly property bool open: step === NewPasskeyViewModel.Describing
                                 || step === NewPasskeyViewModel.Read
    readonly property bool saved: step === NewPasskeyViewModel.Saved
                                  || step === NewPasskeyViewModel.Testing

    signal readRequested
    signal saveRequested

    // Focuses the prompt of the key.
    function takeFocus() {
        prompt.takeFocus();
    }

    spacing: Theme.space4

    onVisibleChanged: if (visible) focusTimer.start()

    Timer {
        id: focusTimer

        interval: 0
        onTriggered: {
            name.forceActiveFocus(Qt.OtherFocusReason);
            name.selectAll();
        }
    }

    Connections {
        target: form.viewModel

        function onNameWanted() {
            focusTimer.start();
        }
    }

    Heading {
        Layout.fillWidth: true
        level: 3
        text: form.saved ? qsTr("Security key added") : qsTr("Add security key")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.key"
        visible: form.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: form.viewModel.errorText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keySaved"
        visible: form.saved && form.viewModel.testText === ""
        kind: Callout.Success
        alert: true
        title: qsTr("“%1” is registered").arg(form.viewModel.name)
        text: qsTr("Test the key now.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keyTest"
        visible: form.saved && form.viewModel.testText !== ""
        kind: form.viewModel.testFailed ? Callout.Danger : Callout.Success
        alert: true
        title: form.viewModel.testFailed ? qsTr("Test failed") : qsTr("Tested")
        text: form.viewModel.testText
    }

    AppTextField {
        id: name

        Layout.fillWidth: true
        objectName: "field.keyName"
        visible: !form.saved
        label: qsTr("Name")
        hint: qsTr("For example its color or where you keep it.")
        errorText: form.viewModel.nameErrorText
        text: form.viewModel.name
        // The name can be changed until the touch, which registers the key.
        readOnly: form.step === NewPasskeyViewModel.Saving
        mostCharacters: 50
        onEdited: text => form.viewModel.name = text
        onAccepted: {
            if (form.step === NewPasskeyViewModel.Read)
                form.saveRequested();
            else if (form.open)
                form.readRequested();
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        visible: form.open
        spacing: Theme.space2

        FieldLabel {
            Layout.fillWidth: true
            text: qsTr("Key or reader")
        }

        KeyDeviceList {
            Layout.fillWidth: true
            model: form.viewModel.devices
            held: !form.open
        }

        AppButton {
            objectName: "btn.chooseByTouch"
            visible: form.viewModel.devices.touchableCount > 1
            compact: true
            text: qsTr("Choose by touch…")
            description: qsTr("All keys blink. Touch the one that you mean.")
            onActivated: form.viewModel.chooseByTouch()
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.keyProblem"
            // A user whose key is plugged in does not need to know about readers.
            visible: text !== "" && form.viewModel.devices.count === 0
            subtle: true
            font.pixelSize: Theme.small
            text: form.viewModel.devices.problemText
        }

        KeyHelp {
            Layout.fillWidth: true
            visible: form.viewModel.devices.forbidden
            forbidden: form.viewModel.devices.forbidden
            readerProblemText: form.viewModel.devices.problemText
        }
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: form.viewModel.prompt
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keyRead"
        visible: form.step === NewPasskeyViewModel.Read
        kind: Callout.Success
        alert: true
        title: qsTr("The key was read")
        text: form.viewModel.readText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.site"
        visible: form.open
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("This passkey works with %1 only. Its secret never leaves the key.")
              .arg(form.viewModel.site)
    }
}
