// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A column that scrolls when it is too tall. It scrolls to the focused control, and keeps it in
// view when something else changes its height, until the user scrolls.
Flickable {
    id: area

    property int sideMargin: Theme.space5
    // Above and below the column, so that the focus rings of the first and the last control fit.
    property int endMargin: 0
    property int maximumColumnWidth: 100000
    property alias spacing: column.spacing
    readonly property real columnHeight: column.implicitHeight + 2 * endMargin
    readonly property Item focusItem: Window.activeFocusItem
    property bool followsFocus: true
    // An alert that becomes visible scrolls into view. For areas where it answers to the user.
    property bool showsAlerts: false
    default property alias content: column.data

    contentWidth: width
    contentHeight: columnHeight
    clip: contentHeight > height
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds

    T.ScrollBar.vertical: AppScrollBar {}

    function scrollBy(distance: real) {
        area.followsFocus = false;
        area.contentY = Math.max(0, Math.min(area.contentHeight - area.height,
                                             area.contentY + distance));
    }

    // Scrolls as little as needed to show an item of the column.
    function show(item: Item) {
        if (!item || area.contentHeight <= area.height)
            return;
        for (let part = item; part; part = part.parent) {
            if (part !== column)
                continue;
            const top = item.mapToItem(area.contentItem, 0, 0).y - Theme.space5;
            const bottom = top + item.height + 2 * Theme.space5;
            if (top < area.contentY || bottom - top > area.height)
                area.contentY = Math.max(0, top);
            else if (bottom > area.contentY + area.height)
                area.contentY = Math.min(area.contentHeight - area.height, bottom - area.height);
            return;
        }
    }

    // Shows the focused control again after the user has scrolled away.
    function follow() {
        area.followsFocus = true;
        area.show(area.focusItem);
    }

    function stayAtTop() {
        area.followsFocus = false;
        area.contentY = 0;
    }

    function keepFocusShown() {
        if (area.followsFocus)
            area.show(area.focusItem);
    }

    // Later, because the layout may not be done yet.
    // The linter of Qt 6.4 does not know that callLater is a function.
    // qmllint disable type
    onFocusItemChanged: {
        area.follow();
        Qt.callLater(area.keepFocusShown);
    }
    onContentHeightChanged: Qt.callLater(area.keepFocusShown)
    onHeightChanged: Qt.callLater(area.keepFocusShown)
    // qmllint enable type
    onMovementStarted: area.followsFocus = false

    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
            area.scrollBy((event.key === Qt.Key_PageDown ? 0.85 : -0.85) * area.height);
            event.accepted = true;
        }
    }

    ColumnLayout {
        id: column

        x: area.sideMargin
        y: area.endMargin
        width: Math.min(area.width - 2 * area.sideMargin, area.maximumColumnWidth)
        spacing: Theme.space4
    }
}
