// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A column that scrolls when it is too tall, and that scrolls to the focused control.
Flickable {
    id: area

    property int sideMargin: Theme.space5
    property int maximumColumnWidth: 100000
    property alias spacing: column.spacing
    readonly property real columnHeight: column.implicitHeight
    readonly property Item focusItem: Window.activeFocusItem
    default property alias content: column.data

    contentWidth: width
    contentHeight: column.implicitHeight
    clip: contentHeight > height
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds

    T.ScrollBar.vertical: AppScrollBar {}

    function scrollBy(distance: real) {
        area.contentY = Math.max(0, Math.min(area.contentHeight - area.height,
                                             area.contentY + distance));
    }

    onFocusItemChanged: {
        if (!area.focusItem || area.contentHeight <= area.height)
            return;
        for (let item = area.focusItem; item; item = item.parent) {
            if (item !== column)
                continue;
            const top = area.focusItem.mapToItem(column, 0, 0).y - Theme.space5;
            const bottom = top + area.focusItem.height + 2 * Theme.space5;
            if (top < area.contentY)
                area.contentY = Math.max(0, top);
            else if (bottom > area.contentY + area.height)
                area.contentY = Math.min(area.contentHeight - area.height, bottom - area.height);
            return;
        }
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
            area.scrollBy((event.key === Qt.Key_PageDown ? 0.85 : -0.85) * area.height);
            event.accepted = true;
        }
    }

    ColumnLayout {
        id: column

        x: area.sideMargin
        width: Math.min(area.width - 2 * area.sideMargin, area.maximumColumnWidth)
        spacing: Theme.space4
    }
}
