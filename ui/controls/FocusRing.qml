// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A ring of 2 px around its parent with a gap of 2 px, for the keyboard focus.
Rectangle {
    property bool shown: false
    property int around: Theme.radius

    anchors.fill: parent
    anchors.margins: -4
    radius: around + 4
    color: "transparent"
    border.width: 2
    border.color: Theme.color.focus
    visible: shown
}
