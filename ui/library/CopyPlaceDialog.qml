// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Where a copy is kept.
AppDialog {
    id: dialog

    required property LibraryEntryViewModel viewModel
    property int copy: -1

    function openFor(copy: int, copyText: string, copyPlace: string) {
        dialog.copy = copy;
        dialog.subtitle = copyText;
        place.text = copyPlace;
        dialog.open();
    }

    function save() {
        dialog.viewModel.setCopyPlace(dialog.copy, place.text);
        dialog.close();
    }

    objectName: "dlg.copyPlace"
    title: qsTr("Where is this copy?")
    bodyWidth: 480
    firstFocus: place
    onDismissed: close()
    onClosed: {
        dialog.subtitle = "";
        place.text = "";
    }

    Connections {
        target: dialog.viewModel

        function onChanged() {
            if (!dialog.viewModel.open)
                dialog.close();
        }
    }

    AppTextField {
        id: place

        Layout.fillWidth: true
        objectName: "field.copyPlace"
        label: qsTr("Place")
        hint: qsTr("For example: safe at home, or with your sister.")
        mostCharacters: 200
        onAccepted: dialog.save()
    }

    buttons: [
        AppButton {
            objectName: "btn.savePlace"
            kind: AppButton.Primary
            text: qsTr("Save")
            onActivated: dialog.save()
        },
        AppButton {
            objectName: "btn.close"
            text: qsTr("Cancel")
            onActivated: dialog.close()
        }
    ]
}
