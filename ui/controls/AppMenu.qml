// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.Menu {
    id: menu

    // Names the menu for screen readers.
    property string label: ""

    implicitWidth: Math.max(200, contentItem.implicitWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    padding: 6
    margins: Theme.space2
    overlap: 0
    // Keeps key presses from reaching the page while the menu is open.
    modal: true
    dim: false

    contentItem: ListView {
        implicitWidth: {
            let widest = 0;
            for (let i = 0; i < menu.count; ++i)
                widest = Math.max(widest, menu.itemAt(i).implicitWidth);
            return widest;
        }
        implicitHeight: contentHeight
        model: menu.contentModel
        interactive: false
        currentIndex: menu.currentIndex
        Accessible.role: Accessible.PopupMenu
        Accessible.name: menu.label
    }

    background: Rectangle {
        radius: Theme.radius + 2
        color: Theme.color.raised
        border.width: 1
        border.color: Theme.color.border

        // A faint edge instead of a shadow: the software renderer cannot draw shadows.
        Rectangle {
            anchors.fill: parent
            anchors.margins: -1
            anchors.bottomMargin: -3
            z: -1
            radius: Theme.radius + 4
            color: Theme.color.pressed
        }
    }
}
