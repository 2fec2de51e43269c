// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 600
    height: 200

    SecretTextItem {
        id: item

        secret: Probe.secret
        fontFamily: Theme.mono
        Accessible.role: Accessible.StaticText
        Accessible.name: "Recovery code"
    }

    SignalSpy {
        id: copied

        target: item
        signalName: "copyRequested"
    }

    SignalSpy {
        id: toggled

        target: item
        signalName: "toggleRequested"
    }

    TestCase {
        name: "SecretText"
        when: windowShown

        function init() {
            item.hidden = false;
            item.width = 500;
            item.columns = 4;
            Probe.setSecret("A1B2 C3D4 E5F6 G7H8 J9K0 L1M2 N3P4 Q5R6");
            Probe.listen(true);
            item.forceActiveFocus();
            copied.clear();
            toggled.clear();
        }

        function cleanup() {
            Probe.clearSecret();
        }

        function test_isReadGroupByGroup() {
            compare(Probe.descriptionOf(scene, "Recovery code"),
                    "A 1 B 2, C 3 D 4, E 5 F 6, G 7 H 8, J 9 K 0, L 1 M 2, N 3 P 4, Q 5 R 6");
        }

        function test_isNotReadWhileHiddenOrAfterClearing() {
            item.hidden = true;
            compare(Probe.descriptionOf(scene, "Recovery code"), "");
            item.hidden = false;
            verify(Probe.descriptionOf(scene, "Recovery code") !== "");
            Probe.clearSecret();
            compare(Probe.descriptionOf(scene, "Recovery code"), "");
        }

        function test_isReadOnlyWhileAScreenReaderIsThere() {
            Probe.listen(false);
            compare(Probe.descriptionOf(scene, "Recovery code"), "");
            Probe.listen(true);
            verify(Probe.descriptionOf(scene, "Recovery code") !== "");
        }

        function test_keepsItsWidthWhenHidden() {
            const width = item.implicitWidth;
            verify(width > 200);
            item.hidden = true;
            compare(item.implicitWidth, width);
        }

        function test_putsFourGroupsOnALine() {
            item.width = 900;
            const two = item.implicitHeight;
            item.columns = 8;
            const one = item.implicitHeight;
            verify(one > 0 && Math.abs(two - 2 * one) <= 2, one + " and " + two);
        }

        function test_breaksBetweenGroupsWhenItIsNarrow() {
            const wide = item.implicitHeight;
            item.width = 160;
            verify(item.implicitHeight > wide);
        }

        function test_keepsEveryLetterOfALongGroupInside_data() {
            const rows = [];
            for (const letters of [33, 64, 128])
                for (const width of [468, 298, 160, 8])
                    rows.push({tag: letters + " letters, " + width + " wide", letters, width});
            return rows;
        }

        function test_keepsEveryLetterOfALongGroupInside(data) {
            item.width = data.width;
            Probe.setSecret("W".repeat(data.letters));
            const places = Probe.lettersOf(item);
            compare(places.letters, data.letters);
            verify(places.left >= 0 && places.top >= 0);
            verify(data.width < 20 || places.right <= data.width,
                   places.right + " of " + data.width);
            verify(places.bottom <= item.implicitHeight,
                   places.bottom + " of " + item.implicitHeight);
        }

        function test_fillsLinesWithALongGroup() {
            Probe.setSecret("A1B2");
            const line = item.implicitHeight;
            const four = item.implicitWidth;
            item.width = four * 4;
            Probe.setSecret("W".repeat(64));
            verify(Math.abs(item.implicitHeight - 4 * line) <= 4,
                   item.implicitHeight + " and " + line);
            item.width = four * 16;
            verify(Math.abs(item.implicitHeight - line) <= 1);
        }

        function test_readsALongGroupAsOne() {
            item.width = 160;
            Probe.setSecret("A".repeat(33));
            compare(Probe.descriptionOf(scene, "Recovery code"), Array(33).fill("A").join(" "));
        }

        function test_drawsOtherPixelsWhenHidden() {
            const shown = grabImage(item);
            item.hidden = true;
            wait(50);
            verify(!shown.equals(grabImage(item)));
        }

        function test_asksForCopyAndToggleByKeys() {
            keyClick(Qt.Key_C, Qt.ControlModifier);
            compare(copied.count, 1);
            keyClick(Qt.Key_Space);
            compare(toggled.count, 1);
        }
    }
}
