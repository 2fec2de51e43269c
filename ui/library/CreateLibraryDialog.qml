// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Makes a library: where the file lies, and what opens it.
AppDialog {
    id: dialog

    required property CreateLibraryViewModel viewModel

    function create() {
        if (passphrase.generated)
            dialog.viewModel.createWithWords(path.text, keyFile.text);
        else
            dialog.viewModel.createWithOwn(path.text, passphrase.entry, passphrase.repeatedEntry,
                                           keyFile.text);
    }

    objectName: "dlg.createLibrary"
    title: qsTr("Make your library")
    subtitle: qsTr("One encrypted file for all recovery codes. KeePassXC can open it too.")
    bodyWidth: 600
    visible: viewModel.open
    held: viewModel.busy
    closeText: qsTr("Cancel")
    firstFocus: passphrase.firstChoice
    onDismissed: viewModel.close()
    onShown: {
        path.text = dialog.viewModel.suggestedPath;
        keyFile.text = "";
        passphrase.reset();
    }
    onClosed: passphrase.reset()

    Callout {
        Layout.fillWidth: true
        objectName: "callout.createFailed"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    Heading {
        Layout.fillWidth: true
        level: 3
        text: qsTr("Passphrase")
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: -Theme.space2
        font.pixelSize: Theme.note
        text: qsTr("Only this passphrase opens the library. Nobody can reset it.")
    }

    NewPassphrase {
        id: passphrase

        Layout.fillWidth: true
        viewModel: dialog.viewModel.passphrase
        onAccepted: dialog.create()
    }

    Expander {
        Layout.fillWidth: true
        objectName: "expander.libraryPlace"
        title: qsTr("File and key file")
        expanded: dialog.viewModel.pathErrorText !== "" || dialog.viewModel.keyFileErrorText !== ""

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            AppTextField {
                id: path

                Layout.fillWidth: true
                objectName: "field.libraryPath"
                label: qsTr("File")
                errorText: dialog.viewModel.pathErrorText
                readOnly: dialog.viewModel.busy
                onAccepted: dialog.create()
            }

            AppButton {
                Layout.alignment: path.errorText === "" ? Qt.AlignBottom : Qt.AlignVCenter
                objectName: "btn.browseLibrary"
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

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            AppTextField {
                id: keyFile

                Layout.fillWidth: true
                objectName: "field.newKeyFile"
                label: qsTr("Key file (optional)")
                hint: qsTr("A file that is needed besides the passphrase. Without it the library cannot be opened.")
                errorText: dialog.viewModel.keyFileErrorText
                readOnly: dialog.viewModel.busy
                onAccepted: dialog.create()
            }

            AppButton {
                Layout.alignment: Qt.AlignVCenter
                objectName: "btn.browseNewKeyFile"
                iconName: "folder"
                text: qsTr("Browse…")
                onActivated: {
                    picker.source = "";
                    picker.setSource("../controls/FilePicker.qml", {
                        field: keyFile,
                        title: qsTr("Choose the key file")
                    });
                }
            }
        }
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.createLibrary"
            kind: AppButton.Primary
            text: qsTr("Make library")
            busy: dialog.viewModel.busy
            onActivated: dialog.create()
        },
        AppButton {
            objectName: "btn.close"
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        }
    ]
}
