// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The frame of every input field and combo box.
Rectangle {
    id: frame

    property bool focused: false
    property bool wrong: false
    property bool hovered: false
    property bool dimmed: false

    implicitHeight: Theme.controlHeight
    radius: Theme.radius
    color: dimmed ? Theme.color.sunken : Theme.color.surface
    border.width: focused ? 2 : wrong ? 2 : 1
    border.color: wrong ? Theme.color.danger : focused ? Theme.color.brand
                : hovered ? Theme.color.subtle : Theme.color.borderStrong

    // Shows the focus inside, because the border has to stay red.
    Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        radius: Theme.radius - 3
        color: "transparent"
        border.width: 2
        border.color: Theme.color.focus
        visible: frame.focused && frame.wrong
    }
}
