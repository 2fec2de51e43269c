// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtTest
import Sparekey

TestCase {
    id: test

    name: "LongList"
    width: 400
    height: 400
    visible: true
    when: windowShown

    property int made: 0
    property int mostMade: 0

    onMadeChanged: test.mostMade = Math.max(test.mostMade, test.made)

    Component {
        id: areaComponent

        ScrollArea {
            id: area

            property int rows: 0
            property int rowsOfModel: rows

            width: 400
            height: 300

            Rectangle {
                Layout.fillWidth: true
                implicitHeight: 500
            }

            LongList {
                id: list

                objectName: "list"
                Layout.fillWidth: true
                area: area
                model: area.rowsOfModel
                count: area.rows
                delegate: Rectangle {
                    required property int index

                    objectName: "row." + index
                    width: list.width
                    // Rows of all heights.
                    implicitHeight: 40 + (index % 5) * 20
                    height: implicitHeight

                    Component.onCompleted: ++test.made
                    Component.onDestruction: --test.made
                }
            }
        }
    }

    function area(rows) {
        return createTemporaryObject(areaComponent, test, { rows: rows });
    }

    function isInView(area, index) {
        const row = findChild(area, "list").made[index];
        if (!row)
            return false;
        const y = row.mapToItem(area, 0, 0).y;
        return y < area.height && y + row.height > 0;
    }

    function test_allOfFewRowsAreMade() {
        const it = area(20);
        tryCompare(test, "made", 20);
        tryCompare(findChild(it, "list"), "implicitHeight", 20 * 80);
        it.destroy();
    }

    function test_rowsThatComeLateAreNotAllMadeEither() {
        const it = area(0);
        test.mostMade = test.made;
        // A model has its rows before it tells how many there are.
        it.rowsOfModel = 1000;
        it.rows = 1000;
        tryVerify(() => findChild(it, "list").implicitHeight > 1000 * 40);
        verify(test.mostMade < 60, test.mostMade + " rows");
        it.destroy();
    }

    function test_onlyRowsAroundTheViewAreMade_data() {
        return [{ tag: "100", rows: 100 }, { tag: "1000", rows: 1000 }];
    }

    function test_onlyRowsAroundTheViewAreMade(data) {
        const it = area(data.rows);
        const list = findChild(it, "list");
        tryVerify(() => list.implicitHeight > data.rows * 40);
        verify(test.made < 40, test.made + " rows");
        // To the end, as a person scrolls.
        let steps = 0;
        while (it.contentY < it.contentHeight - it.height - 1 && steps < 2000) {
            it.scrollBy(it.height);
            waitForRendering(it);
            verify(test.made < 60, test.made + " rows");
            ++steps;
        }
        // What is left once the last rows have told their heights.
        tryVerify(() => {
            it.scrollBy(it.height);
            return test.isInView(it, data.rows - 1);
        });
        // And back at once.
        it.contentY = 500;
        tryVerify(() => test.isInView(it, 0));
        it.destroy();
    }
}
