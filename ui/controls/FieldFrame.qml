// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The box of every field to type or choose in.
Rectangle {
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
}
