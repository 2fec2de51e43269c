// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Asks for the passphrase of the library, and says why the file cannot be opened.
ScrollArea {
    id: page

    required property LibraryViewModel viewModel
    readonly property UnlockLibraryViewModel unlocking: viewModel.unlocking

    function unlock() {
        page.unlocking.unlock(passphrase.entry, keyFile.text, keep.checked);
    }

    sideMargin: Math.max(page.width < 520 ? Theme.space4 : Theme.space6, (page.width - 560) / 2)
    spacing: Theme.space3

    // The keyring is asked for each time.
    onVisibleChanged: if (page.visible) keep.checked = false

    // They belong to the file that was chosen before.
    Connections {
        target: page.unlocking

        function onFileChosen() {
            passphrase.clear();
            keyFile.text = "";
        }
    }

    Heading {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space6 - 4
        level: 1
        text: qsTr("Recovery codes")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.codeWaits"
        visible: page.viewModel.waitingFor !== ""
        kind: Callout.Info
        text: qsTr("Open your library to keep the recovery code of %1. If you leave this page, it is not kept.").arg(page.viewModel.waitingFor)
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.libraryProblem"
        visible: page.unlocking.problemText !== ""
        kind: Callout.Danger
        alert: true
        title: page.unlocking.problemTitle
        text: page.unlocking.problemText

        BodyText {
            Layout.fillWidth: true
            visible: page.unlocking.olderVersions.length > 0
            font.pixelSize: Theme.note
            text: qsTr("Sparekey can put an older version in its place. It keeps the damaged file beside it.")
        }

        Repeater {
            model: page.unlocking.olderVersions

            AppButton {
                required property int index
                required property string modelData

                objectName: "btn.restoreVersion." + index
                compact: true
                text: qsTr("Restore %1").arg(modelData)
                busy: page.unlocking.busy
                onActivated: page.unlocking.restore(index)
            }
        }
    }

    Card {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space2
        implicitHeight: inside.implicitHeight + 2 * Theme.space5

        ColumnLayout {
            id: inside

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.space5
            spacing: Theme.space4

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space3

                Icon {
                    Layout.alignment: Qt.AlignTop
                    Layout.topMargin: 2
                    name: "lock"
                    size: 24
                    color: Theme.color.brand
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 2

                    Heading {
                        Layout.fillWidth: true
                        level: 2
                        text: qsTr("Your library is locked")
                    }

                    BodyText {
                        Layout.fillWidth: true
                        objectName: "txt.libraryFile"
                        subtle: true
                        font.pixelSize: Theme.note
                        wrapMode: Text.WrapAnywhere
                        text: qsTr("%1 in %2").arg(page.viewModel.fileName).arg(page.viewModel.folder)
                    }

                    BodyText {
                        Layout.fillWidth: true
                        visible: text !== ""
                        subtle: true
                        font.pixelSize: Theme.note
                        text: page.unlocking.openedText
                    }
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                visible: page.unlocking.keyringText !== ""
                spacing: Theme.space2

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.keyring"
                    text: page.unlocking.keyringText
                }

                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    AppButton {
                        objectName: "btn.unlockByKeyring"
                        text: qsTr("Unlock with the keyring")
                        enabled: !page.unlocking.busy
                        busy: page.unlocking.waitsForKeyring
                        onActivated: page.unlocking.unlockByKeyring()
                    }

                    AppButton {
                        objectName: "btn.stopKeyring"
                        kind: AppButton.Link
                        text: qsTr("Ask for the passphrase again")
                        onActivated: page.unlocking.stopKeyring()
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.waitsForKeyring"
                    visible: page.unlocking.waitsForKeyring
                    font.pixelSize: Theme.note
                    text: qsTr("Waiting for the keyring. Answer its question, or enter the passphrase.")
                    Accessible.role: Accessible.AlertMessage
                }
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.keyringFailed"
                visible: text !== ""
                color: Theme.color.warning
                text: page.unlocking.keyringErrorText
                Accessible.role: Accessible.AlertMessage
            }

            PasswordField {
                id: passphrase

                Layout.fillWidth: true
                objectName: "field.libraryPassphrase"
                focus: true
                label: qsTr("Passphrase of the library")
                showText: qsTr("Show passphrase")
                hideText: qsTr("Hide passphrase")
                errorText: page.unlocking.keyErrorText
                readOnly: page.unlocking.busy
                onAccepted: page.unlock()
            }

            Expander {
                Layout.fillWidth: true
                objectName: "expander.keyFile"
                title: qsTr("Key file")

                RowLayout {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    AppTextField {
                        id: keyFile

                        Layout.fillWidth: true
                        objectName: "field.keyFile"
                        label: qsTr("Key file, if the library has one")
                        readOnly: page.unlocking.busy
                        onAccepted: page.unlock()
                    }

                    AppButton {
                        Layout.alignment: Qt.AlignBottom
                        objectName: "btn.browseKeyFile"
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

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                AppCheckBox {
                    id: keep

                    Layout.fillWidth: true
                    objectName: "check.keepInKeyring"
                    enabled: !page.unlocking.busy
                    text: qsTr("Let the keyring unlock it for 4 hours")
                }

                BodyText {
                    Layout.fillWidth: true
                    Layout.leftMargin: 30
                    subtle: true
                    font.pixelSize: Theme.small
                    text: qsTr("Until then, whoever uses this desktop can open it without the passphrase. “Lock” ends it at once.")
                }
            }

            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                AppButton {
                    objectName: "btn.unlockLibrary"
                    kind: AppButton.Primary
                    text: qsTr("Unlock")
                    busy: page.unlocking.busy
                    onActivated: page.unlock()
                }

                AppButton {
                    objectName: "btn.otherLibrary"
                    text: qsTr("Open another file…")
                    enabled: !page.unlocking.busy
                    onActivated: {
                        picker.source = "";
                        picker.setSource("LibraryPicker.qml", { viewModel: page.unlocking });
                    }
                }

                AppButton {
                    objectName: "btn.newLibrary"
                    kind: AppButton.Link
                    text: qsTr("Make a new library…")
                    enabled: !page.unlocking.busy
                    onActivated: page.viewModel.creating.begin()
                }

                AppButton {
                    objectName: "btn.forgetLibrary"
                    kind: AppButton.Link
                    text: qsTr("Remove from list")
                    description: qsTr("%1 stays where it is.").arg(page.viewModel.fileName)
                    enabled: !page.unlocking.busy
                    onActivated: page.unlocking.forgetChosen()
                }
            }
        }
    }

    Heading {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space3
        visible: page.unlocking.others.count > 0
        level: 2
        text: qsTr("Other libraries")
    }

    ColumnLayout {
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.space5
        visible: page.unlocking.others.count > 0
        spacing: Theme.space4

        Accessible.role: Accessible.List
        Accessible.name: qsTr("Other libraries")

        Repeater {
            model: page.unlocking.others

            KnownLibraryRow {
                Layout.fillWidth: true
                enabled: !page.unlocking.busy
                onOpenRequested: page.unlocking.chooseKnown(index)
                onForgetRequested: page.unlocking.forgetKnown(index)
            }
        }
    }

    Loader {
        id: picker
    }
}
