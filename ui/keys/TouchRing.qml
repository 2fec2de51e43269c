// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A key that waits to be touched, and for how long it still will. The seconds are for the eye;
// whoever reads the words of the prompt aloud hears them every ten.
Item {
    id: item

    property int seconds: 0
    property int period: 30
    property string iconName: "passkey"
    // Nothing moves for those who asked for that.
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
