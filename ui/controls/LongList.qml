// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Sparekey

// The rows of a list within a ScrollArea. Of many rows, only those in view and around it are made;
// of few rows all, so that their heights are exact.
FocusScope {
    id: list

    // The one that scrolls.
    required property Flickable area
    required property var model
    required property Component delegate
    property int count: 0
    property int mostAtOnce: 30

    readonly property bool isLong: list.count > list.mostAtOnce

    implicitHeight: list.isLong ? rows.contentHeight : column.height

    // Places the view over what the area shows, with the height of the area above and below it.
    function place() {
        if (!list.isLong)
            return;
        const top = list.mapToItem(list.area.contentItem, 0, 0).y;
        const first = Math.max(0, list.area.contentY - top - list.area.height);
        const last = Math.min(rows.contentHeight,
                              list.area.contentY - top + 2 * list.area.height);
        rows.y = Math.min(first, rows.contentHeight);
        rows.height = Math.max(1, last - rows.y);
        rows.contentY = rows.originY + rows.y;
    }

    onIsLongChanged: Qt.callLater(list.place)
    onYChanged: Qt.callLater(list.place)

    Connections {
        target: list.area

        function onContentYChanged() {
            list.place();
        }

        function onHeightChanged() {
            list.place();
        }

        function onContentHeightChanged() {
            Qt.callLater(list.place);
        }
    }

    Column {
        id: column

        width: list.width
        visible: !list.isLong

        Repeater {
            model: list.isLong ? null : list.model
            delegate: list.delegate
        }
    }

    ListView {
        id: rows

        width: list.width
        height: 1
        visible: list.isLong
        interactive: false
        focus: true
        cacheBuffer: 0
        model: list.isLong ? list.model : null
        delegate: list.delegate
        onContentHeightChanged: Qt.callLater(list.place)
        onOriginYChanged: Qt.callLater(list.place)
    }
}
