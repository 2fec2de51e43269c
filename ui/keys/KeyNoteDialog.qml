// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The owner's name for a key, and where it is kept. To be added, a key has to be touched.
AppDialog {
    id: dialog

    required property KeyNoteViewModel viewModel

    function save() {
        dialog.viewModel.save(name.text, place.text);
    }

    objectName: "dlg.keyNote"
    title: viewModel.adds ? qsTr("Add to your keys") : qsTr("Name and place")
    subtitle: viewModel.product
    bodyWidth: 520
    visible: viewModel.open
    cancels: viewModel.busy
    focusFollows: true
    firstFocus: (prompt.visible ? prompt : name) as Item
    onShown: {
        name.text = dialog.viewModel.name;
        place.text = dialog.viewModel.place;
        name.selectAll();
    }
    onDismissed: viewModel.close()

    Connections {
        target: dialog.viewModel

        function onNameWanted() {
            name.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.keyNote"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    AppTextField {
        id: name

        Layout.fillWidth: true
        objectName: "field.noteName"
        label: qsTr("Name")
        hint: qsTr("For example its color.")
        errorText: dialog.viewModel.nameErrorText
        readOnly: dialog.viewModel.busy
        mostCharacters: 100
        onAccepted: dialog.save()
    }

    AppTextField {
        id: place

        Layout.fillWidth: true
        objectName: "field.notePlace"
        label: qsTr("Where it is kept")
        hint: qsTr("For example: on your keychain or in a desk drawer. A second key helps only if it is kept elsewhere.")
        readOnly: dialog.viewModel.busy
        mostCharacters: 200
        onAccepted: dialog.save()
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.viewModel.adds && !dialog.viewModel.prompt.active
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("You touch the key once, so that Sparekey knows it again later. That opens nothing and takes up no room on the key.")
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: dialog.viewModel.prompt
    }

    buttons: [
        AppButton {
            objectName: "btn.saveNote"
            kind: AppButton.Primary
            text: dialog.viewModel.adds ? qsTr("Add key") : qsTr("Save")
            busy: dialog.viewModel.busy
            onActivated: dialog.save()
        },
        AppButton {
            objectName: "btn.close"
            text: dialog.viewModel.busy ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.viewModel.close()
        }
    ]
}
