// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Renames or moves the file of the library.
AppDialog {
    id: dialog

    required property MoveLibraryViewModel viewModel

    objectName: "dlg.moveLibrary"
    title: qsTr("Rename or move the library")
    subtitle: qsTr("Older versions of the file go with it.")
    bodyWidth: 600
    visible: viewModel.open
    held: viewModel.busy
    closeText: qsTr("Cancel")
    firstFocus: path
    onDismissed: viewModel.close()
    onShown: path.text = dialog.viewModel.path

    Callout {
        Layout.fillWidth: true
        objectName: "callout.moveFailed"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        AppTextField {
            id: path

            Layout.fillWidth: true
            objectName: "field.newLibraryPath"
            label: qsTr("File")
            errorText: dialog.viewModel.pathErrorText
            readOnly: dialog.viewModel.busy
            onAccepted: dialog.viewModel.move(path.text)
        }

        AppButton {
            Layout.alignment: path.errorText === "" ? Qt.AlignBottom : Qt.AlignVCenter
            objectName: "btn.browseNewLibraryPath"
            iconName: "folder"
            text: qsTr("Browse…")
            onActivated: {
                picker.source = "";
                picker.setSource("../controls/FilePicker.qml", {
                    field: path,
                    saving: true,
                    title: qsTr("Where to keep the library"),
                    nameFilters: [qsTr("KeePass files (*.kdbx)")]
                });
            }
        }
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.moveLibrary"
            kind: AppButton.Primary
            text: qsTr("Move")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.move(path.text)
        },
        AppButton {
            objectName: "btn.cancelMove"
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        }
    ]
}
