// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 200
    height: 200

    SecondsRing {
        id: ring

        anchors.centerIn: parent
        seconds: 30
    }

    TestCase {
        name: "SecondsRing"
        when: windowShown

        function test_saysHowLongTheCodeStays() {
            ring.seconds = 12;
            verify(Probe.roleOf(scene, "12 second(s) until the next code") === Accessible.StaticText
                   || Probe.roleOf(scene, "12 seconds until the next code")
                   === Accessible.StaticText);
        }

        function test_warnsWhenThereIsHardlyTimeToType() {
            ring.seconds = 6;
            verify(!ring.hurried);
            ring.seconds = 5;
            verify(ring.hurried);
        }

        function test_emptiesWithTheTime() {
            ring.seconds = 30;
            const full = grabImage(ring);
            ring.seconds = 15;
            const half = grabImage(ring);
            // Left of the middle what is left stays drawn, right of it it is gone.
            compare(half.pixel(4, 20), full.pixel(4, 20));
            verify(half.pixel(36, 20) !== full.pixel(36, 20));
        }
    }
}
