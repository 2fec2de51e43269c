// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models

// The rows of a list inside a ScrollArea. A long list creates only the rows in and near the view;
// a short list creates all rows.
FocusScope {
    id: list

    // The Flickable that scrolls this list.
    required property Flickable area
    required property var model
    required property Component delegate
    property int count: 0
    property int mostAtOnce: 30

    readonly property bool isLong: list.count > list.mostAtOnce

    // For a long list: the created items by index, and the row heights; 0 if not yet known.
    property var made: ({})
    property var heights: []
    property real usualHeight: 100
    property real rowsHeight: 0

    implicitHeight: list.isLong ? list.rowsHeight : column.height

    function release(index: int) {
        const item = list.made[index];
        delete list.made[index];
        item.visible = false;
        item.DelegateModel.inPersistedItems = false;
    }

    function begin() {
        for (const index of Object.keys(list.made))
            list.release(Number(index));
        list.heights = new Array(list.isLong ? list.count : 0).fill(0);
        list.place();
    }

    // Creates the rows in the view and within one view height around it; releases the others.
    function place() {
        if (!list.isLong || list.heights.length !== rows.count)
            return;
        const top = list.mapToItem(list.area.contentItem, 0, 0).y;
        const from = list.area.contentY - top - list.area.height;
        const to = list.area.contentY - top + 2 * list.area.height;
        const known = list.heights.filter(height => height > 0);
        if (known.length > 0)
            list.usualHeight = known.reduce((sum, height) => sum + height) / known.length;
        let y = 0;
        let isMixed = false;
        for (let index = 0; index < list.heights.length; ++index) {
            const height = list.heights[index] || list.usualHeight;
            const near = y + height > from && y < to;
            let item = list.made[index];
            if (near && !item) {
                item = rows.items.create(index);
                item.parent = list;
                item.visible = true;
                list.made[index] = item;
                isMixed = isMixed || list.made[index + 1] !== undefined;
            } else if (!near && item) {
                list.release(index);
                item = undefined;
            }
            if (item) {
                item.y = y;
                list.heights[index] = item.height;
                y += item.height;
            } else {
                y += height;
            }
        }
        list.rowsHeight = y;
        if (isMixed)
            list.sort();
    }

    // Tab follows the order in which the rows became children.
    function sort() {
        const focused = list.activeFocus ? list.Window.activeFocusItem : null;
        for (const index of Object.keys(list.made)) { // in ascending order
            list.made[index].parent = null;
            list.made[index].parent = list;
        }
        if (focused)
            focused.forceActiveFocus(Qt.OtherFocusReason);
    }

    // The linter of Qt 6.4 does not know that callLater is a function.
    // qmllint disable type
    onIsLongChanged: Qt.callLater(list.begin)
    onCountChanged: Qt.callLater(list.begin)
    onYChanged: Qt.callLater(list.place)
    Component.onCompleted: Qt.callLater(list.begin)
    onChildrenRectChanged: if (list.isLong) Qt.callLater(list.place)

    Connections {
        target: list.area

        function onContentYChanged() {
            list.place();
        }

        function onHeightChanged() {
            list.place();
        }

        // Rows may be shorter than estimated.
        function onContentHeightChanged() {
            const end = Math.max(0, list.area.contentHeight - list.area.height);
            if (list.isLong && list.area.contentY > end)
                list.area.contentY = end;
            Qt.callLater(list.place);
        }
    }

    Column {
        id: column

        width: list.width
        visible: !list.isLong

        Repeater {
            // An empty list may become a long one before its count is known here.
            model: list.isLong || list.count === 0 ? null : list.model
            delegate: list.delegate
        }
    }

    DelegateModel {
        id: rows

        model: list.isLong ? list.model : null
        delegate: list.delegate
        onCountChanged: Qt.callLater(list.begin)
    }
}
