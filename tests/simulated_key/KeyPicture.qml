// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic

/// A stick with a plug and a round contact, whose rim is the light.
Control {
    id: picture

    required property bool blinking
    required property bool powered

    implicitWidth: 84
    implicitHeight: 40
    // All that it shows stands beside it in words.
    Accessible.ignored: true

    Rectangle {
        id: plug

        anchors.verticalCenter: parent.verticalCenter
        width: 20
        height: 22
        color: picture.powered ? "goldenrod" : "transparent"
        border { color: picture.palette.windowText; width: 1 }
    }

    Rectangle {
        anchors { left: plug.right; right: parent.right }
        height: parent.height
        radius: 8
        color: picture.palette.windowText

        Rectangle {
            id: contact

            anchors.centerIn: parent
            width: 26
            height: width
            radius: width / 2
            color: "goldenrod"
            border { color: lit ? "lime" : "dimgray"; width: 4 }

            property bool lit

            SequentialAnimation on lit {
                running: picture.blinking
                loops: Animation.Infinite
                onRunningChanged: if (!running) contact.lit = false

                PropertyAction { value: true }
                PauseAnimation { duration: 350 }
                PropertyAction { value: false }
                PauseAnimation { duration: 350 }
            }
        }
    }
}
