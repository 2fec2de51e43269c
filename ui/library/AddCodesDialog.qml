// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: the steps of one dialog, which share its title, its focus and its buttons.

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Takes codes into the library: how they get in, then what was found, then saving.
AppDialog {
    id: dialog

    required property AddCodesViewModel viewModel

    readonly property bool choosing: viewModel.stage === AddCodesViewModel.Choose
    readonly property bool previewing: viewModel.stage === AddCodesViewModel.Preview
    readonly property bool unlocking: viewModel.stage === AddCodesViewModel.Passphrase
    readonly property bool confirming: viewModel.stage === AddCodesViewModel.Confirm
    readonly property bool kept: viewModel.stage === AddCodesViewModel.Kept
    readonly property bool forEntry: viewModel.entryTitle !== ""
    readonly property int stage: viewModel.stage
    readonly property string placeText: viewModel.placeText
    property bool codesHidden: false

    // A step may leave its field half filled.
    function clearSecrets() {
        entered.clear();
        again.clear();
        passphrase.clear();
    }

    objectName: "dlg.addCodes"
    title: forEntry ? (viewModel.setupKey ? qsTr("New setup key") : qsTr("New codes"))
                    : qsTr("Add recovery codes")
    subtitle: forEntry ? viewModel.entryTitle
            : unlocking ? viewModel.encryptedFile
            : choosing ? qsTr("You see them before they are saved.")
            : viewModel.placeText !== "" ? viewModel.placeText : viewModel.serviceText
    bodyWidth: 620
    visible: viewModel.stage !== AddCodesViewModel.Closed
    held: viewModel.busy
    closeText: kept ? qsTr("Close") : qsTr("Cancel")
    focusFollows: true
    firstFocus: (confirming ? again : unlocking ? passphrase : choosing ? pasteButton : kept ? keepFile : save) as Item
    onDismissed: {
        if (dialog.kept)
            dialog.viewModel.keepPlainFile();
        else
            dialog.viewModel.close();
    }
    onShown: dialog.codesHidden = false
    onStageChanged: dialog.clearSecrets()
    onPlaceTextChanged: entered.clear()
    onClosed: {
        file.text = "";
        dialog.clearSecrets();
    }

    Connections {
        target: dialog.viewModel

        function onProposed() {
            title.text = dialog.viewModel.title;
            account.text = dialog.viewModel.account;
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.addError"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    // How the codes get in

    Callout {
        Layout.fillWidth: true
        objectName: "callout.newSet"
        visible: dialog.choosing && dialog.forEntry
        kind: Callout.Info
        text: qsTr("First make new codes with the service. When you save them here, the old ones are shown as void.")
    }

    AppComboBox {
        Layout.fillWidth: true
        objectName: "choice.service"
        visible: dialog.choosing && !dialog.forEntry
        label: qsTr("Service")
        model: dialog.viewModel.choices
        currentIndex: dialog.viewModel.service + 1
        onChosen: index => dialog.viewModel.service = index - 1
    }

    Flow {
        Layout.fillWidth: true
        visible: dialog.choosing
        spacing: Theme.space2

        AppButton {
            id: pasteButton

            objectName: "btn.pasteCodes"
            kind: AppButton.Primary
            iconName: "clipboard"
            text: qsTr("Paste codes")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.paste()
        }

        AppButton {
            objectName: "btn.readScreen"
            visible: dialog.viewModel.screenOffered
            iconName: "search"
            text: qsTr("QR code on the screen…")
            description: qsTr("Choose a part of the screen that shows a QR code.")
            busy: dialog.viewModel.choosingRegion
            onActivated: dialog.viewModel.readScreen()
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.choosing
        spacing: Theme.space2

        AppTextField {
            id: file

            Layout.fillWidth: true
            objectName: "field.codesFile"
            label: qsTr("Or open the file that you downloaded")
            hint: qsTr("Text, a picture with a QR code, KeePass, or an export of Bitwarden, Aegis or 2FAS. You can also drop it on the window.")
            errorText: dialog.viewModel.fileErrorText
            readOnly: dialog.viewModel.busy
            onAccepted: dialog.viewModel.openFile(file.text)
        }

        AppButton {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.scaled(25)
            objectName: "btn.openCodesFile"
            text: file.text === "" ? qsTr("Browse…") : qsTr("Open")
            busy: dialog.viewModel.busy
            onActivated: {
                if (file.text !== "") {
                    dialog.viewModel.openFile(file.text);
                    return;
                }
                picker.source = "";
                picker.setSource("../controls/FilePicker.qml", {
                    field: file,
                    title: qsTr("Open a file with recovery codes"),
                    nameFilters: [qsTr("All files (*)"), qsTr("Text (*.txt)"), qsTr("Pictures (*.png *.jpg *.jpeg *.gif *.webp)")]
                });
            }
        }
    }

    SecretField {
        id: passphrase

        Layout.fillWidth: true
        objectName: "field.importPassphrase"
        visible: dialog.unlocking
        label: qsTr("Passphrase of the file")
        hint: qsTr("This file is encrypted. It stays as it is.")
        errorText: dialog.viewModel.passphraseErrorText
        readOnly: dialog.viewModel.busy
        onAccepted: dialog.viewModel.submitPassphrase(passphrase.entry)
    }

    // What was found

    AppComboBox {
        Layout.fillWidth: true
        objectName: "choice.foundService"
        visible: dialog.previewing && !dialog.forEntry
        label: qsTr("Service")
        model: dialog.viewModel.services
        currentIndex: dialog.viewModel.service
        onChosen: index => dialog.viewModel.service = index
    }

    AppTextField {
        id: title

        Layout.fillWidth: true
        objectName: "field.codesTitle"
        visible: dialog.previewing && !dialog.forEntry
        label: qsTr("Name")
        hint: text === "" ? qsTr("Which service are these codes for?") : ""
        mostCharacters: 300
        onEdited: dialog.viewModel.describe(title.text, account.text)
        onAccepted: dialog.viewModel.save()
    }

    AppTextField {
        id: account

        Layout.fillWidth: true
        objectName: "field.codesAccount"
        visible: dialog.previewing && !dialog.forEntry
        label: qsTr("Account")
        hint: qsTr("Email address or user name, if you have several accounts.")
        mostCharacters: 300
        onEdited: dialog.viewModel.describe(title.text, account.text)
        onAccepted: dialog.viewModel.save()
    }

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.previewing
        spacing: Theme.space3

        Heading {
            Layout.fillWidth: true
            level: 3
            text: dialog.viewModel.setupKey ? qsTr("Setup key")
                : dialog.viewModel.single ? qsTr("Code")
                : qsTr("%n code(s)", "", dialog.viewModel.codes.chosenCount)
        }

        AppButton {
            objectName: "btn.toggleFound"
            compact: true
            iconName: dialog.codesHidden ? "eye" : "eye-off"
            text: dialog.codesHidden ? qsTr("Show") : qsTr("Hide")
            onActivated: dialog.codesHidden = !dialog.codesHidden
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.remark"
        visible: text !== ""
        kind: Callout.Warning
        text: dialog.viewModel.remarkText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.skipped"
        visible: text !== ""
        subtle: true
        font.pixelSize: Theme.note
        text: dialog.viewModel.skippedText
    }

    LongList {
        id: found

        Layout.fillWidth: true
        objectName: "list.foundCodes"
        visible: dialog.previewing
        area: dialog.scrollArea
        model: dialog.viewModel.codes
        count: dialog.viewModel.codes.count

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Codes")

        delegate: FoundCodeRow {
            width: found.width
            hidden: dialog.codesHidden
            numbered: dialog.viewModel.codes.count > 1
            onChoose: chosen => dialog.viewModel.codes.setChosen(index, chosen)
            onUse: used => dialog.viewModel.codes.setUsed(index, used)
        }
    }

    // One more code, or the first one

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.choosing || (dialog.previewing && !dialog.viewModel.single)
        spacing: Theme.space2

        SecretField {
            id: entered

            Layout.fillWidth: true
            objectName: "field.enteredCode"
            label: dialog.viewModel.setupKey ? qsTr("Or enter the setup key")
                 : dialog.previewing ? qsTr("Add another code") : qsTr("Or enter a code")
            hint: dialog.viewModel.enteredNote
            errorText: dialog.viewModel.enteredErrorText
            covered: false
            warnsOfCapsLock: false
            onEdited: dialog.viewModel.checkEntered(entered.entry)
            onAccepted: dialog.viewModel.addEntered(entered.entry)
        }

        AppButton {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.scaled(25)
            objectName: "btn.addEntered"
            text: qsTr("Add")
            onActivated: dialog.viewModel.addEntered(entered.entry)
        }
    }

    KnownAccountNote {
        Layout.fillWidth: true
        viewModel: dialog.viewModel
    }

    PlainFileNote {
        Layout.fillWidth: true
        visible: dialog.kept
        path: dialog.viewModel.plainFile
        saved: dialog.viewModel.plainFileText
    }

    // A key that was entered by hand

    BodyText {
        Layout.fillWidth: true
        visible: dialog.confirming
        text: qsTr("Enter the key again, from where you wrote it down. This shows that both are right.")
    }

    SecretField {
        id: again

        Layout.fillWidth: true
        objectName: "field.confirmKey"
        visible: dialog.confirming
        label: qsTr("The key again")
        errorText: dialog.viewModel.enteredErrorText
        covered: false
        warnsOfCapsLock: false
        onAccepted: dialog.viewModel.confirm(again.entry)
    }

    Loader {
        id: picker

        visible: false
    }

    buttons: [
        AppButton {
            id: deleteFile

            objectName: "btn.deletePlainFile"
            visible: dialog.kept
            kind: dialog.viewModel.fileComplete ? AppButton.Secondary : AppButton.Link
            text: qsTr("Delete the file")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.deletePlainFile()
        },
        AppButton {
            id: keepFile

            objectName: "btn.keepPlainFile"
            visible: dialog.kept
            text: qsTr("Keep it")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.keepPlainFile()
        },
        AppButton {
            id: save

            objectName: "btn.saveCodes"
            visible: dialog.previewing
            kind: AppButton.Primary
            text: qsTr("Save")
            busy: dialog.viewModel.busy
            blockedReason: dialog.viewModel.blockedReason
            onActivated: dialog.viewModel.save()
        },
        AppButton {
            objectName: "btn.confirmKey"
            visible: dialog.confirming
            kind: AppButton.Primary
            text: qsTr("Save")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.confirm(again.entry)
        },
        AppButton {
            objectName: "btn.openEncrypted"
            visible: dialog.unlocking
            kind: AppButton.Primary
            text: qsTr("Open")
            busy: dialog.viewModel.busy
            onActivated: dialog.viewModel.submitPassphrase(passphrase.entry)
        },
        AppButton {
            objectName: "btn.skipCodes"
            visible: dialog.previewing && dialog.viewModel.placeText !== ""
            text: qsTr("Skip")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.skip()
        },
        AppButton {
            objectName: "btn.startOver"
            visible: dialog.previewing || dialog.confirming || dialog.unlocking
            text: qsTr("Start over")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.startOver()
        },
        AppButton {
            objectName: "btn.close"
            visible: !dialog.kept
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.close()
        }
    ]
}
