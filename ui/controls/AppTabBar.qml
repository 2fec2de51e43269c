// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// The tabs of a page. Left and Right come from the template; Home and End are added here.
T.TabBar {
    id: bar

    implicitWidth: contentItem.implicitWidth
    implicitHeight: Math.max(44, Theme.scaled(44))
    spacing: Theme.space5

    Accessible.role: Accessible.PageTabList

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
            bar.currentIndex = event.key === Qt.Key_Home ? 0 : bar.count - 1;
            bar.currentItem.forceActiveFocus(Qt.TabFocusReason);
            event.accepted = true;
        }
    }

    contentItem: ListView {
        implicitWidth: contentWidth
        model: bar.contentModel
        currentIndex: bar.currentIndex
        spacing: bar.spacing
        orientation: ListView.Horizontal
        boundsBehavior: Flickable.StopAtBounds
    }

    background: Item {
        Rectangle {
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: 1
            color: Theme.color.border
        }
    }
}
