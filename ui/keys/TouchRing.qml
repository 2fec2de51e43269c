// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Shows that a key waits to be touched, and for how much longer. The seconds are only shown; screen
// readers get them from the text of the prompt, every ten seconds.
Item {
    id: item

    property int seconds: 0
    property int period: 30
    property string iconName: "passkey"
    // The disc pulses.
    property bool beats: true

    implicitWidth: 72
    implicitHeight: 72

    Ring {
        anchors.fill: parent
        visible: item.seconds > 0
        part: item.seconds / item.period
        color: Theme.color.brand
        trackColor: Theme.color.border
    }

    Rectangle {
        id: disc

        anchors.fill: parent
        anchors.margins: 9
        radius: width / 2
        color: Theme.color.brandSoft
        border.width: 1
        border.color: Theme.color.brandSoftBorder

        SequentialAnimation on scale {
            running: item.visible && item.beats
            loops: Animation.Infinite

            NumberAnimation {
                to: 0.9
                duration: Theme.beat
                easing.type: Easing.InOutQuad
            }
            NumberAnimation {
                to: 1
                duration: Theme.beat
                easing.type: Easing.InOutQuad
            }
            onStopped: disc.scale = 1
        }
    }

    Icon {
        anchors.centerIn: parent
        name: item.iconName
        size: 30
        color: Theme.color.brand
    }

    Accessible.ignored: true
}
