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

    function unlock() {
        page.viewModel.unlock(passphrase.entry, keyFile.text);
    }

    sideMargin: Math.max(page.width < 520 ? Theme.space4 : Theme.space6, (page.width - 560) / 2)
    spacing: Theme.space3

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
        visible: page.viewModel.problemText !== ""
        kind: Callout.Danger
        alert: true
        title: page.viewModel.problemTitle
        text: page.viewModel.problemText
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
                }
            }

            PasswordField {
                id: passphrase

                Layout.fillWidth: true
                objectName: "field.libraryPassphrase"
                focus: true
                label: qsTr("Passphrase of the library")
                showText: qsTr("Show passphrase")
                hideText: qsTr("Hide passphrase")
                errorText: page.viewModel.keyErrorText
                readOnly: page.viewModel.busy
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
                        readOnly: page.viewModel.busy
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

            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                AppButton {
                    objectName: "btn.unlockLibrary"
                    kind: AppButton.Primary
                    text: qsTr("Unlock")
                    busy: page.viewModel.busy
                    onActivated: page.unlock()
                }

                AppButton {
                    objectName: "btn.otherLibrary"
                    text: qsTr("Open another file…")
                    enabled: !page.viewModel.busy
                    onActivated: {
                        picker.source = "";
                        picker.setSource("LibraryPicker.qml", { viewModel: page.viewModel });
                    }
                }

                AppButton {
                    objectName: "btn.newLibrary"
                    kind: AppButton.Link
                    text: qsTr("Make a new library…")
                    enabled: !page.viewModel.busy
                    onActivated: page.viewModel.creating.begin()
                }
            }
        }
    }

    Loader {
        id: picker
    }
}
