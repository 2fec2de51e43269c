// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A generated passphrase, which can be copied or replaced by another.
Rectangle {
    id: box

    required property SecretText secret

    signal copyRequested
    signal newRequested

    implicitHeight: words.implicitHeight + buttons.implicitHeight + 44
    radius: Theme.radius + 2
    color: Theme.color.sunken
    border.width: 1
    border.color: Theme.color.border

    SecretTextItem {
        id: words

        x: Theme.space4
        y: Theme.space4
        width: box.width - 2 * Theme.space4
        height: implicitHeight
        objectName: "code.passphrase"
        secret: box.secret
        color: Theme.color.heading
        fontFamily: Theme.mono
        pixelSize: 17
        columns: 3
        words: true

        Accessible.role: Accessible.StaticText
        Accessible.name: qsTr("Passphrase")
        Accessible.focusable: true

        onCopyRequested: box.copyRequested()

        FocusRing {
            shown: words.activeFocus
            anchors.margins: -8
            around: Theme.radiusSmall
        }
    }

    Row {
        id: buttons

        x: Theme.space4
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space3
        spacing: Theme.space2

        AppButton {
            objectName: "btn.copyPassphrase"
            compact: true
            iconName: "copy"
            text: qsTr("Copy")
            onActivated: box.copyRequested()
        }

        AppButton {
            objectName: "btn.newPassphrase"
            compact: true
            iconName: "refresh"
            text: qsTr("New")
            onActivated: box.newRequested()
        }
    }
}
