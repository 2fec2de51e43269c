// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Saves codes in another format: first the key of the library, then the format and the place.
AppDialog {
    id: dialog

    required property ExportViewModel viewModel

    readonly property bool proving: viewModel.stage === ExportViewModel.Key
    readonly property bool choosing: viewModel.stage === ExportViewModel.Choose
    readonly property bool finished: viewModel.stage === ExportViewModel.Saved
    readonly property bool toKeys: viewModel.format === ExportViewModel.OpenPgp && recipients.text !== ""
    readonly property bool asksPassphrase: choosing && viewModel.needsPassphrase && !toKeys

    function prove() {
        dialog.viewModel.proveKey(libraryPassphrase.entry, keyFile.text);
    }

    function save(replace: bool) {
        if (dialog.asksPassphrase && !passphrase.generated)
            dialog.viewModel.saveWithOwn(path.text, passphrase.entry, passphrase.repeatedEntry, replace);
        else
            dialog.viewModel.saveWithWords(path.text, dialog.toKeys ? recipients.text : "", replace);
    }

    objectName: "dlg.export"
    title: viewModel.entryTitle === "" ? qsTr("Export all codes") : qsTr("Export codes")
    subtitle: viewModel.entryTitle
    bodyWidth: 620
    visible: viewModel.stage !== ExportViewModel.Closed
    held: viewModel.busy
    closeText: finished ? qsTr("Close") : qsTr("Cancel")
    focusFollows: true
    firstFocus: (proving ? libraryPassphrase : finished ? done : formats.itemAt(0)) as Item
    onDismissed: viewModel.close()
    onChoosingChanged: {
        if (!dialog.choosing)
            return;
        path.text = dialog.viewModel.suggestedPath;
        passphrase.reset();
        recipients.text = "";
    }
    onClosed: {
        libraryPassphrase.clear();
        keyFile.text = "";
        passphrase.reset();
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.exported"
        visible: dialog.finished
        kind: Callout.Success
        alert: true
        text: dialog.viewModel.doneText

        AppButton {
            objectName: "btn.showExport"
            compact: true
            iconName: "folder"
            text: qsTr("Show in folder")
            onActivated: dialog.viewModel.showInFolder()
        }
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.finished && dialog.viewModel.needsPassphrase && !dialog.toKeys
        text: qsTr("Keep the passphrase apart from the file. Without it, the file can’t be opened by anyone, including you.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.exportFailed"
        visible: dialog.viewModel.errorText !== "" && !dialog.viewModel.fileExists
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.exportExists"
        visible: dialog.viewModel.fileExists && !dialog.finished
        kind: Callout.Warning
        alert: true
        text: dialog.viewModel.errorText

        AppButton {
            objectName: "btn.replaceExport"
            kind: AppButton.Warning
            compact: true
            text: qsTr("Replace it")
            onActivated: dialog.save(true)
        }
    }

    // The key of the library

    BodyText {
        Layout.fillWidth: true
        visible: dialog.proving
        text: qsTr("Codes are about to leave the library. Enter its passphrase once more.")
    }

    PasswordField {
        id: libraryPassphrase

        Layout.fillWidth: true
        objectName: "field.exportLibraryPassphrase"
        visible: dialog.proving
        label: qsTr("Passphrase of the library")
        showText: qsTr("Show passphrase")
        hideText: qsTr("Hide passphrase")
        errorText: dialog.viewModel.keyErrorText
        readOnly: dialog.viewModel.busy
        onAccepted: dialog.prove()
    }

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.proving
        spacing: Theme.space2

        AppTextField {
            id: keyFile

            Layout.fillWidth: true
            objectName: "field.exportKeyFile"
            label: qsTr("Key file, if the library has one")
            readOnly: dialog.viewModel.busy
            onAccepted: dialog.prove()
        }

        AppButton {
            Layout.alignment: Qt.AlignBottom
            text: qsTr("Browse…")
            enabled: !dialog.viewModel.busy
            onActivated: {
                picker.source = "";
                picker.setSource("../controls/FilePicker.qml", {
                    field: keyFile,
                    title: qsTr("Choose the key file"),
                    nameFilters: [qsTr("All files (*)")]
                });
            }
        }
    }

    // The format

    ColumnLayout {
        Layout.fillWidth: true
        visible: dialog.choosing
        enabled: !dialog.viewModel.busy
        spacing: Theme.space2

        Accessible.role: Accessible.Grouping
        Accessible.name: qsTr("Format")

        Repeater {
            id: formats

            model: [
                { format: ExportViewModel.ProtectedPdf, name: qsTr("PDF with password"),
                  note: qsTr("For a trusted person or a USB stick. Any PDF program opens it with the passphrase.") },
                { format: ExportViewModel.Kdbx, name: qsTr("KeePass file"),
                  note: qsTr("A backup of the codes. KeePassXC and its relatives open it with the passphrase.") },
                { format: ExportViewModel.Json, name: qsTr("Bitwarden file with password"),
                  note: qsTr("To import into a Bitwarden or Vaultwarden vault. Your codes are then beside your passwords.") },
                { format: ExportViewModel.OpenPgp, name: qsTr("OpenPGP"),
                  note: qsTr("A text that GnuPG opens, with a passphrase or with the keys of people.") },
                { format: ExportViewModel.Pdf, name: qsTr("PDF"),
                  note: qsTr("For printing elsewhere. Anyone with the file can read the codes.") },
                { format: ExportViewModel.Text, name: qsTr("Text"),
                  note: qsTr("Opens anywhere, also in many years. Any program or backup on this computer can read it.") }
            ]

            ColumnLayout {
                id: choice

                required property var modelData

                Layout.fillWidth: true
                visible: choice.modelData.format !== ExportViewModel.OpenPgp || dialog.viewModel.gpgOffered
                spacing: 0

                AppRadioButton {
                    Layout.fillWidth: true
                    objectName: "radio.export." + choice.modelData.format
                    focus: true
                    text: choice.modelData.name
                    checked: dialog.viewModel.format === choice.modelData.format
                    autoExclusive: false
                    Accessible.description: choice.modelData.note
                    onToggled: {
                        dialog.viewModel.format = choice.modelData.format;
                        path.text = dialog.viewModel.suggestedPath;
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    Layout.leftMargin: 30
                    subtle: true
                    font.pixelSize: Theme.small
                    text: choice.modelData.note
                }
            }
        }
    }

    AppTextField {
        id: recipients

        Layout.fillWidth: true
        objectName: "field.exportRecipients"
        visible: dialog.choosing && dialog.viewModel.format === ExportViewModel.OpenPgp
        label: qsTr("OpenPGP keys (optional)")
        hint: qsTr("Email addresses or fingerprints, separated by commas. Without any, the file gets a passphrase.")
        readOnly: dialog.viewModel.busy
    }

    Heading {
        Layout.fillWidth: true
        visible: dialog.asksPassphrase
        level: 3
        text: qsTr("Passphrase of the file")
    }

    NewPassphrase {
        id: passphrase

        Layout.fillWidth: true
        visible: dialog.asksPassphrase
        enabled: !dialog.viewModel.busy
        viewModel: dialog.viewModel.passphrase
        onAccepted: dialog.save(false)
    }

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.choosing
        spacing: Theme.space2

        AppTextField {
            id: path

            Layout.fillWidth: true
            objectName: "field.exportPath"
            label: qsTr("File")
            readOnly: dialog.viewModel.busy
            onAccepted: dialog.save(false)
        }

        AppButton {
            Layout.alignment: Qt.AlignBottom
            objectName: "btn.browseExport"
            iconName: "folder"
            text: qsTr("Browse…")
            enabled: !dialog.viewModel.busy
            onActivated: {
                picker.source = "";
                picker.setSource("../controls/FilePicker.qml", {
                    field: path,
                    saving: true,
                    title: qsTr("Save the codes"),
                    nameFilters: [qsTr("All files (*)")]
                });
            }
        }
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.proveExport"
            visible: dialog.proving
            kind: AppButton.Primary
            text: qsTr("Continue")
            busy: dialog.viewModel.busy
            onActivated: dialog.prove()
        },
        AppButton {
            objectName: "btn.saveExport"
            visible: dialog.choosing
            kind: AppButton.Primary
            iconName: "save"
            text: qsTr("Save")
            busy: dialog.viewModel.busy
            onActivated: dialog.save(false)
        },
        AppButton {
            id: done

            objectName: "btn.close"
            text: dialog.finished ? qsTr("Done") : qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        }
    ]
}
