// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 400
    height: 300

    AppButton {
        id: button

        text: "Print"
    }

    SignalSpy {
        id: activated

        target: button
        signalName: "activated"
    }

    TestCase {
        name: "Button"
        when: windowShown

        function init() {
            button.busy = false;
            button.blockedReason = "";
            button.enabled = true;
            button.forceActiveFocus(Qt.TabFocusReason);
            activated.clear();
        }

        function test_isPressedByKeys_data() {
            return [{tag: "Space", key: Qt.Key_Space}, {tag: "Return", key: Qt.Key_Return},
                    {tag: "Enter", key: Qt.Key_Enter}];
        }

        function test_isPressedByKeys(data) {
            keyClick(data.key);
            compare(activated.count, 1);
        }

        function test_isPressedByAScreenReader() {
            verify(Probe.press(scene, "Print"));
            compare(activated.count, 1);
        }

        function test_isSilentWhileBusyAndKeepsItsWidth() {
            const width = button.width;
            button.busy = true;
            wait(150);
            keyClick(Qt.Key_Space);
            mouseClick(button);
            compare(activated.count, 0);
            compare(button.width, width);
        }

        function test_tellsWhyItIsBlockedAndCanStillBeReached() {
            button.blockedReason = "Show the code first.";
            verify(button.activeFocus);
            keyClick(Qt.Key_Space);
            verify(Probe.press(scene, "Print"));
            compare(activated.count, 0);
            compare(Probe.descriptionOf(scene, "Print"), "Show the code first.");
        }

        function test_isDeadWhenDisabled() {
            button.enabled = false;
            Probe.press(scene, "Print");
            mouseClick(button);
            compare(activated.count, 0);
        }
    }
}
