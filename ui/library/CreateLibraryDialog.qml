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
        if (generated.checked)
            dialog.viewModel.createWithWords(path.text, keyFile.text);
        else
            dialog.viewModel.createWithOwn(path.text, own.entry, repeated.entry, keyFile.text);
    }

    objectName: "dlg.createLibrary"
    title: qsTr("Make your library")
    subtitle: qsTr("One encrypted file for all recovery codes. KeePassXC can open it too.")
    bodyWidth: 600
    visible: viewModel.open
    held: viewModel.busy
    closeText: qsTr("Cancel")
    firstFocus: generated
    onDismissed: viewModel.close()
    onShown: {
        path.text = dialog.viewModel.suggestedPath;
        keyFile.text = "";
        generated.checked = true;
        own.clear();
        repeated.clear();
    }
    onClosed: {
        own.clear();
        repeated.clear();
    }

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

    AppRadioButton {
        id: generated

        Layout.fillWidth: true
        objectName: "radio.libraryWords"
        text: qsTr("Use six random words")
        checked: true
    }

    PassphraseBox {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: generated.checked
        secret: dialog.viewModel.words
        onCopyRequested: dialog.viewModel.copyWords()
        onNewRequested: dialog.viewModel.makeWords()
    }

    BodyText {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: generated.checked
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("Write these words down now, and keep them where you find them without this computer.")
    }

    AppRadioButton {
        id: chosen

        Layout.fillWidth: true
        objectName: "radio.libraryOwn"
        text: qsTr("Choose my own")
    }

    PasswordField {
        id: own

        Layout.fillWidth: true
        Layout.leftMargin: 30
        objectName: "field.newLibraryPassphrase"
        visible: chosen.checked
        label: qsTr("Your passphrase")
        showText: qsTr("Show passphrase")
        hideText: qsTr("Hide passphrase")
        errorText: dialog.viewModel.passphraseErrorText
        onEdited: dialog.viewModel.assess(own.entry)
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: chosen.checked && dialog.viewModel.strength >= 0
        spacing: Theme.space3

        Row {
            spacing: 3

            Repeater {
                model: 4

                Rectangle {
                    required property int index

                    width: 28
                    height: 6
                    radius: 3
                    color: index >= Math.max(1, dialog.viewModel.strength) ? Theme.color.border
                         : dialog.viewModel.strength < 2 ? Theme.color.danger
                         : dialog.viewModel.strength < 3 ? Theme.color.warning
                         : Theme.color.success
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.strength"
            font.pixelSize: Theme.small
            text: dialog.viewModel.strengthText
            Accessible.role: Accessible.AlertMessage
        }
    }

    PasswordField {
        id: repeated

        Layout.fillWidth: true
        Layout.leftMargin: 30
        objectName: "field.repeatLibraryPassphrase"
        visible: chosen.checked
        label: qsTr("Repeat passphrase")
        showText: qsTr("Show passphrase")
        hideText: qsTr("Hide passphrase")
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
