// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick.Layouts
import Sparekey

// The same account is in the library: what saving does to its codes.
Callout {
    id: note

    required property AddCodesViewModel viewModel

    objectName: "callout.match"
    visible: text !== ""
    kind: Callout.Info
    text: note.viewModel.matchText

    AppRadioButton {
        Layout.fillWidth: true
        objectName: "radio.replaceCodes"
        text: qsTr("These are its new codes. The old ones are void.")
        checked: note.viewModel.replaces
        onToggled: note.viewModel.replaces = true
    }

    AppRadioButton {
        Layout.fillWidth: true
        objectName: "radio.separateEntry"
        text: qsTr("Keep them as a separate entry.")
        checked: !note.viewModel.replaces
        onToggled: note.viewModel.replaces = false
    }
}
