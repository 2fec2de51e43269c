// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

TestCase {
    id: test

    name: "KeyDeviceList"
    width: 700
    height: 700
    visible: true
    when: windowShown

    property Item page: null

    Component {
        id: pageComponent

        HardwareKeysPage {
            anchors.fill: parent
        }
    }

    function init() {
        KeyBench.start();
        test.page = pageComponent.createObject(test, { viewModel: KeyBench.page });
        verify(test.page);
    }

    function cleanup() {
        test.page.destroy();
        test.page = null;
        wait(0);
        KeyBench.stop();
    }

    function row(index) {
        return findChild(test.page, "device." + index);
    }

    // Asks for a frame, since the one that shows the change may be through already.
    function isPainted() {
        test.page.Window.window.update();
        return waitForRendering(test.page);
    }

    // A reader is no key.
    function test_emptyReadersAreNotTakenForKeys() {
        KeyBench.addReader("First reader");
        KeyBench.addReader("Second reader");
        tryVerify(() => test.row(1) !== null);
        compare(KeyBench.page.devices.keyCount, 0);
        compare(KeyBench.page.devices.touchableCount, 0);
        verify(findChild(test.page, "txt.noDevice").visible);
        KeyBench.plugIn("Blue");
        tryCompare(KeyBench.page.devices, "keyCount", 1);
        compare(KeyBench.page.devices.touchableCount, 1);
        verify(!findChild(test.page, "txt.noDevice").visible);
    }

    // Rows of a layout of Qt 6.4 that go while nobody sees it take the program along.
    function test_pageIsLeftWithKeysInTheList() {
        KeyBench.plugIn("Blue");
        KeyBench.addReader("Reader");
        tryVerify(() => test.row(1) !== null);
        verify(isPainted());
        for (let i = 0; i < 3; ++i) {
            test.page.visible = false;
            tryVerify(() => test.row(0) === null);
            verify(!KeyBench.page.shown);
            wait(100); // while what is left is laid out
            test.page.visible = true;
            tryVerify(() => test.row(1) !== null);
            verify(isPainted());
        }
    }
}
