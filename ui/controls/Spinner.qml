// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Sparekey

// Turns while the program waits. Appears only after `delay` milliseconds, so that it does not
// flicker on quick answers.
Item {
    id: spinner

    property bool running: true
    property int delay: 150
    property int size: 20
    property color color: Theme.color.brand
    readonly property bool showing: running && shown

    property bool shown: false

    implicitWidth: size
    implicitHeight: size
    opacity: showing ? 1 : 0

    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Loading")
    Accessible.ignored: !showing

    onRunningChanged: if (!running) spinner.shown = false

    Timer {
        interval: spinner.delay
        running: spinner.running && !spinner.shown
        onTriggered: spinner.shown = true
    }

    Repeater {
        // Most spinners never run, so the dashes are created only when needed.
        model: spinner.running ? 8 : 0

        Rectangle {
            id: dash

            required property int index

            width: Math.max(2, Math.round(spinner.size / 9))
            height: Math.round(spinner.size / 3.6)
            radius: width / 2
            x: (spinner.size - width) / 2
            color: spinner.color
            opacity: 1 - ((step.value - dash.index + 8) % 8) * 0.115
            transformOrigin: Item.Bottom
            transform: Rotation {
                origin.x: Math.max(2, Math.round(spinner.size / 9)) / 2
                origin.y: spinner.size / 2
                angle: dash.index * 45
            }
        }
    }

    // Eight steps per turn: visible, and little work for a software renderer.
    Timer {
        id: step

        property int value: 0

        interval: 100
        repeat: true
        running: spinner.showing && spinner.visible
        onTriggered: value = (value + 1) % 8
    }
}
