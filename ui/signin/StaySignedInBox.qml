// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Chooses whether the session is kept for the next start. Shown only if the email is remembered.
Column {
    id: choice

    required property SignInViewModel viewModel

    spacing: 2

    AppCheckBox {
        width: parent.width
        objectName: "check.staySignedIn"
        text: qsTr("Stay signed in")
        checked: choice.viewModel.staySignedIn
        onToggled: {
            choice.viewModel.staySignedIn = checked;
            checked = Qt.binding(() => choice.viewModel.staySignedIn);
        }
    }

    BodyText {
        x: 30
        width: parent.width - x
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("Saved in your keyring. Enter only your master password next time.")
    }
}
