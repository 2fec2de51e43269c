// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Gives the open library another passphrase or key file. Then says which files still open with the
// old ones.
AppDialog {
    id: dialog

    required property ChangeKeyViewModel viewModel

    readonly property bool finished: viewModel.stage === ChangeKeyViewModel.Changed

    function change() {
        const passphraseChoice = passphrase.kept ? ChangeKeyViewModel.Keep
                               : passphrase.generated ? ChangeKeyViewModel.Words
                               : ChangeKeyViewModel.Own;
        const keyFileChoice = noKeyFile.checked ? ChangeKeyViewModel.None
                            : otherKeyFile.checked ? ChangeKeyViewModel.Existing
                            : madeKeyFile.checked ? ChangeKeyViewModel.Made
                            : ChangeKeyViewModel.KeepFile;
        dialog.viewModel.change(current.entry, currentKeyFile.text, passphraseChoice,
                                passphrase.entry, passphrase.repeatedEntry, keyFileChoice,
                                newKeyFile.text);
    }

    function browse(field: AppTextField, saving: bool, title: string) {
        picker.source = "";
        picker.setSource("../controls/FilePicker.qml", { field: field, saving: saving, title: title });
    }

    objectName: "dlg.changeKey"
    title: qsTr("Change passphrase or key file")
    bodyWidth: 600
    visible: viewModel.stage !== ChangeKeyViewModel.Closed
    held: viewModel.busy
    closeText: finished ? qsTr("Close") : qsTr("Cancel")
    firstFocus: (finished ? done : current) as Item
    focusFollows: true
    onDismissed: viewModel.close()
    onShown: {
        currentKeyFile.text = "";
        newKeyFile.text = "";
        keepKeyFile.checked = true;
        passphrase.reset();
    }
    onClosed: {
        current.clear();
        passphrase.reset();
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.changeKeyFailed"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    // The result

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keyChanged"
        visible: dialog.finished
        kind: Callout.Success
        alert: true
        text: qsTr("The library now opens with the new passphrase and key file only.")
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.olderVersions"
        visible: dialog.finished && dialog.viewModel.olderVersions > 0
        text: dialog.viewModel.olderVersionsText
    }

    AppButton {
        objectName: "btn.deleteOlderVersions"
        visible: dialog.finished && dialog.viewModel.olderVersions > 0
        text: qsTr("Delete older versions")
        busy: dialog.viewModel.busy
        onActivated: dialog.viewModel.deleteOlderVersions()
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.finished
        subtle: true
        font.pixelSize: Theme.note
        text: qsTr("Backups and copies on other computers keep the old passphrase too. Sparekey cannot reach them.")
    }

    // The questions

    PasswordField {
        id: current

        Layout.fillWidth: true
        objectName: "field.currentLibraryPassphrase"
        visible: !dialog.finished
        label: qsTr("Current passphrase")
        showText: qsTr("Show passphrase")
        hideText: qsTr("Hide passphrase")
        errorText: dialog.viewModel.currentErrorText
        readOnly: dialog.viewModel.busy
    }

    Heading {
        Layout.fillWidth: true
        visible: !dialog.finished
        level: 3
        text: qsTr("New passphrase")
    }

    NewPassphrase {
        id: passphrase

        Layout.fillWidth: true
        visible: !dialog.finished
        enabled: !dialog.viewModel.busy
        canKeep: true
        viewModel: dialog.viewModel.passphrase
        onAccepted: dialog.change()
    }

    Expander {
        Layout.fillWidth: true
        objectName: "expander.changeKeyFile"
        visible: !dialog.finished
        title: qsTr("Key file")
        expanded: dialog.viewModel.keyFileErrorText !== ""

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            AppTextField {
                id: currentKeyFile

                Layout.fillWidth: true
                objectName: "field.currentKeyFile"
                label: qsTr("Current key file, if the library has one")
                readOnly: dialog.viewModel.busy
            }

            AppButton {
                Layout.alignment: Qt.AlignBottom
                objectName: "btn.browseCurrentKeyFile"
                iconName: "folder"
                text: qsTr("Browse…")
                onActivated: dialog.browse(currentKeyFile, false, qsTr("Choose the key file"))
            }
        }

        AppRadioButton {
            id: keepKeyFile

            Layout.fillWidth: true
            objectName: "radio.keepKeyFile"
            text: qsTr("Leave the key file as it is")
            checked: true
        }

        AppRadioButton {
            id: noKeyFile

            Layout.fillWidth: true
            objectName: "radio.noKeyFile"
            text: qsTr("Use no key file")
        }

        AppRadioButton {
            id: otherKeyFile

            Layout.fillWidth: true
            objectName: "radio.otherKeyFile"
            text: qsTr("Use this file")
        }

        AppRadioButton {
            id: madeKeyFile

            Layout.fillWidth: true
            objectName: "radio.madeKeyFile"
            text: qsTr("Make a new key file")
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: 30
            visible: otherKeyFile.checked || madeKeyFile.checked
            spacing: Theme.space2

            AppTextField {
                id: newKeyFile

                Layout.fillWidth: true
                objectName: "field.changedKeyFile"
                label: qsTr("New key file")
                hint: qsTr("Needed besides the passphrase. Keep a copy in another place: without it the library cannot be opened.")
                errorText: dialog.viewModel.keyFileErrorText
                readOnly: dialog.viewModel.busy
                onAccepted: dialog.change()
            }

            AppButton {
                Layout.alignment: Qt.AlignVCenter
                objectName: "btn.browseChangedKeyFile"
                iconName: "folder"
                text: qsTr("Browse…")
                onActivated: dialog.browse(newKeyFile, madeKeyFile.checked,
                                           madeKeyFile.checked ? qsTr("Where to keep the key file")
                                                               : qsTr("Choose the key file"))
            }
        }
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.changeKey"
            visible: !dialog.finished
            kind: AppButton.Primary
            text: qsTr("Change")
            busy: dialog.viewModel.busy
            onActivated: dialog.change()
        },
        AppButton {
            objectName: "btn.cancelChangeKey"
            visible: !dialog.finished
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        },
        AppButton {
            id: done

            objectName: "btn.keyChangeDone"
            visible: dialog.finished
            kind: AppButton.Primary
            text: qsTr("Done")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        }
    ]
}
