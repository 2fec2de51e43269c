// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A field for a secret that is entered as dots and can be shown.
SecretField {
    id: field

    property string showText: qsTr("Show password")
    property string hideText: qsTr("Hide password")

    label: qsTr("Master password")

    trailing: IconButton {
        implicitWidth: 34
        implicitHeight: 34
        iconName: field.shown ? "eye-off" : "eye"
        text: field.shown ? field.hideText : field.showText
        description: qsTr("Alt+S")
        onClicked: field.toggleShown()
    }

    Shortcut {
        sequence: "Alt+S"
        enabled: field.visible && field.enabled && field.activeFocus
        onActivated: field.toggleShown()
    }
}
