// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Six random words or the user's own passphrase. With `canKeep` also the passphrase as it is.
ColumnLayout {
    id: choice

    required property NewPassphraseViewModel viewModel
    property bool canKeep: false
    readonly property bool kept: keep.checked
    readonly property bool generated: words.checked
    readonly property SecretEntry entry: own.entry
    readonly property SecretEntry repeatedEntry: repeated.entry
    readonly property Item firstChoice: words

    signal accepted

    function reset() {
        words.checked = true;
        own.clear();
        repeated.clear();
    }

    spacing: Theme.space3

    AppRadioButton {
        id: words

        Layout.fillWidth: true
        objectName: "radio.libraryWords"
        text: qsTr("Use six random words")
        checked: true
    }

    PassphraseBox {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: words.checked
        secret: choice.viewModel.words
        onCopyRequested: choice.viewModel.copyWords()
        onNewRequested: choice.viewModel.makeWords()
    }

    BodyText {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: words.checked
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
        errorText: choice.viewModel.errorText
        onEdited: choice.viewModel.assess(own.entry)
    }

    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: 30
        visible: chosen.checked && choice.viewModel.strength >= 0
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
                    color: index >= Math.max(1, choice.viewModel.strength) ? Theme.color.border
                         : choice.viewModel.strength < 2 ? Theme.color.danger
                         : choice.viewModel.strength < 3 ? Theme.color.warning
                         : Theme.color.success
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.strength"
            font.pixelSize: Theme.small
            text: choice.viewModel.strengthText
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
        onAccepted: choice.accepted()
    }

    AppRadioButton {
        id: keep

        Layout.fillWidth: true
        objectName: "radio.libraryKeepPassphrase"
        visible: choice.canKeep
        text: qsTr("Keep the passphrase")
    }
}
