// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Saves the sheet: asks for the path and, for a protected PDF, for the passphrase.
AppDialog {
    id: dialog

    required property SheetViewModel viewModel

    property int format: SheetViewModel.Pdf
    property bool finished: false
    property bool ownAccepted: false
    property bool longPassphrase: false
    readonly property bool protectedPdf: format === SheetViewModel.ProtectedPdf
    readonly property bool setUp: viewModel.setUp
    readonly property bool saving: viewModel.work === SheetViewModel.Saving

    function openFor(format: int) {
        dialog.format = format;
        dialog.finished = false;
        dialog.forgetOwn();
        dialog.viewModel.reset();
        path.text = dialog.viewModel.suggestedPath(format);
        generated.checked = true;
        if (dialog.protectedPdf)
            dialog.viewModel.generatePassphrase();
        dialog.open();
    }

    function forgetOwn() {
        dialog.ownAccepted = false;
        dialog.longPassphrase = false;
        own.clear();
        repeated.clear();
        own.errorText = "";
    }

    function save(replace: bool) {
        // After a failed attempt the fields are empty, unless a new passphrase was entered.
        if (dialog.protectedPdf && chosen.checked && !(dialog.ownAccepted && own.empty)) {
            own.errorText = dialog.viewModel.useOwnPassphrase(own.entry, repeated.entry);
            if (own.errorText !== "") {
                own.forceActiveFocus(Qt.OtherFocusReason);
                return;
            }
            dialog.ownAccepted = true;
        }
        dialog.viewModel.save(dialog.format, path.text, replace);
    }

    objectName: "dlg.save"
    title: protectedPdf ? qsTr("Save as PDF with password")
         : format === SheetViewModel.Text ? qsTr("Save as text") : qsTr("Save as PDF")
    subtitle: setUp ? qsTr("Setup sheet of the authenticator app") : qsTr("Recovery sheet")
    bodyWidth: 600
    // The dialog stays open while it saves, so that it can report the result.
    held: saving
    closeText: finished ? qsTr("Close") : qsTr("Cancel")
    firstFocus: path
    onDismissed: close()
    onClosed: {
        dialog.forgetOwn();
        dialog.viewModel.reset();
    }

    Connections {
        target: dialog.viewModel
        enabled: dialog.visible

        // After a lock there is nothing left to save.
        function onSheetChanged() {
            if (dialog.viewModel.content === SheetViewModel.Nothing)
                dialog.close();
        }

        function onSaved() {
            dialog.finished = true;
            done.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.saved"
        visible: dialog.finished
        kind: Callout.Success
        alert: true
        text: dialog.viewModel.doneText

        AppButton {
            objectName: "btn.showInFolder"
            compact: true
            iconName: "folder"
            text: qsTr("Show in folder")
            onActivated: dialog.viewModel.showInFolder()
        }
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.finished && dialog.protectedPdf
        text: qsTr("Keep the passphrase apart from the file. Without it, the file can’t be opened by anyone, including you.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.saveFailed"
        visible: dialog.viewModel.errorText !== "" && !dialog.viewModel.fileExists
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.fileExists"
        visible: dialog.viewModel.fileExists && !dialog.finished
        kind: Callout.Warning
        alert: true
        text: dialog.viewModel.errorText

        AppButton {
            objectName: "btn.replace"
            kind: AppButton.Warning
            compact: true
            text: qsTr("Replace it")
            onActivated: dialog.save(true)
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.plain"
        visible: !dialog.finished && !dialog.protectedPdf
        kind: Callout.Warning
        text: {
            if (dialog.setUp) {
                return dialog.format === SheetViewModel.Text
                       ? qsTr("Any program or backup on this computer can read a text file, and anyone with the key can create your codes. Print it or use a PDF with password.")
                       : qsTr("Anyone who gets this file can create your codes. Print it or use a PDF with password.");
            }
            if (dialog.format === SheetViewModel.Text)
                return qsTr("Any program or backup on this computer can read a text file. Print it or use a PDF with password.");
            return dialog.viewModel.content === SheetViewModel.CodeList
                   ? qsTr("Anyone who gets this file can read the codes. Print it or use a PDF with password.")
                   : qsTr("Anyone who gets this file can read the code. Print it or use a PDF with password.");
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: !dialog.finished
        spacing: Theme.space2

        AppTextField {
            id: path

            Layout.fillWidth: true
            objectName: "field.path"
            label: qsTr("File")
            readOnly: dialog.saving
            onAccepted: dialog.save(false)
        }

        AppButton {
            Layout.alignment: Qt.AlignBottom
            objectName: "btn.browse"
            iconName: "folder"
            text: qsTr("Browse…")
            enabled: !dialog.saving
            onActivated: {
                picker.source = "";
                picker.setSource("../controls/FilePicker.qml", {
                    field: path,
                    saving: true,
                    title: dialog.setUp ? qsTr("Save the setup sheet")
                                        : qsTr("Save the recovery sheet"),
                    nameFilters: dialog.format === SheetViewModel.Text
                                 ? [qsTr("Text (*.txt)")] : [qsTr("PDF (*.pdf)")]
                });
            }
        }
    }

    // The passphrase of a protected PDF
    ColumnLayout {
        Layout.fillWidth: true
        visible: dialog.protectedPdf && !dialog.finished
        enabled: !dialog.saving
        spacing: Theme.space3

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space1
            level: 3
            text: qsTr("Passphrase")
        }

        AppRadioButton {
            id: generated

            Layout.fillWidth: true
            objectName: "radio.generated"
            text: qsTr("Use six random words")
            checked: true
            onToggled: {
                dialog.forgetOwn();
                dialog.viewModel.generatePassphrase();
            }
        }

        PassphraseBox {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            visible: generated.checked
            secret: dialog.viewModel.passphrase
            onCopyRequested: dialog.viewModel.copyPassphrase()
            onNewRequested: dialog.viewModel.generatePassphrase()
        }

        BodyText {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            visible: generated.checked
            subtle: true
            font.pixelSize: Theme.small
            text: qsTr("Write these words down now. Keep them away from the file.")
        }

        AppRadioButton {
            id: chosen

            Layout.fillWidth: true
            objectName: "radio.own"
            text: qsTr("Choose my own")
            onToggled: dialog.forgetOwn()
        }

        PasswordField {
            id: own

            Layout.fillWidth: true
            Layout.leftMargin: 30
            objectName: "field.ownPassphrase"
            visible: chosen.checked
            label: qsTr("Your passphrase")
            onEdited: dialog.longPassphrase = dialog.viewModel.isLongPassphrase(own.entry)
        }

        PasswordField {
            id: repeated

            Layout.fillWidth: true
            Layout.leftMargin: 30
            objectName: "field.repeatedPassphrase"
            visible: chosen.checked
            label: qsTr("Repeat passphrase")
            onAccepted: dialog.save(false)
        }

        Callout {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            objectName: "callout.longPassphrase"
            visible: chosen.checked && dialog.longPassphrase
            kind: Callout.Warning
            alert: true
            text: qsTr("Some PDF programs refuse passphrases of more than 32 characters, such as the tools of Poppler in Debian 12. A shorter one opens everywhere.")
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.fonts"
        visible: text !== "" && !dialog.finished && dialog.format !== SheetViewModel.Text
        kind: Callout.Warning
        text: dialog.viewModel.fontWarning
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.save"
            visible: !dialog.finished
            kind: AppButton.Primary
            iconName: "save"
            text: qsTr("Save")
            busy: dialog.saving
            onActivated: dialog.save(false)
        },
        AppButton {
            id: done

            objectName: "btn.close"
            text: dialog.finished ? qsTr("Done") : qsTr("Cancel")
            onActivated: dialog.close()
        }
    ]
}
