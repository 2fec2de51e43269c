// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtTest
import Sparekey

Item {
    id: scene

    width: 640
    height: 480

    property string said: ""
    property string heading: ""
    property bool troubled: false

    ScrollArea {
        anchors.fill: parent

        Heading {
            Layout.fillWidth: true
            text: "Two-step login"
        }

        Callout {
            id: banner

            Layout.fillWidth: true
            visible: scene.troubled
            title: scene.heading
            text: scene.said

            AppButton {
                id: retry

                compact: true
                text: "Retry"
            }
        }
    }

    TestCase {
        name: "Callout"
        when: windowShown

        function show(heading: string, text: string) {
            scene.heading = heading;
            scene.said = text;
            scene.troubled = true;
            waitForRendering(scene, 200);
        }

        function hide(heading: string, text: string) {
            scene.troubled = false;
            scene.heading = heading;
            scene.said = text;
            waitForRendering(scene, 200);
        }

        function buttonTop(): real {
            return retry.mapToItem(banner, 0, 0).y;
        }

        function verifyButtonStandsInside() {
            verify(retry.visible);
            verify(buttonTop() + retry.height <= banner.height,
                   buttonTop() + " of " + banner.height);
        }

        function init() {
            hide("", "");
        }

        function test_keepsItsButtonUnderTheTextEachTimeItComesBack_data() {
            return [{tag: "text", heading: "", text: "The server cannot be reached."},
                    {tag: "title and text", heading: "Sent", text: "Did the sheet come out?"},
                    {tag: "title", heading: "Something went wrong.", text: ""},
                    {tag: "long text", heading: "", text: "The server has trouble. ".repeat(8)}];
        }

        function test_keepsItsButtonUnderTheTextEachTimeItComesBack(data) {
            show(data.heading, data.text);
            verifyButtonStandsInside();
            const top = buttonTop();
            const height = banner.height;
            for (let time = 0; time < 4; ++time) {
                hide("", "");
                show(data.heading, data.text);
                compare(buttonTop(), top);
                compare(banner.height, height);
                verifyButtonStandsInside();
            }
        }

        function test_followsATextThatComesAndGoesWhileItIsShown() {
            show("", "The server cannot be reached.");
            const top = buttonTop();
            show("", "");
            verify(buttonTop() < top);
            show("Offline", "The server cannot be reached.");
            verify(buttonTop() > top);
            show("", "The server cannot be reached.");
            compare(buttonTop(), top);
            verifyButtonStandsInside();
        }

        function test_leavesNoRoomForATextThatIsNotThere() {
            show("", "One line.");
            const textTop = buttonTop();
            show("One line.", "");
            const titleTop = buttonTop();
            show("One line.", "One line.");
            const margin = 13; // above a text alone
            const gap = 6;
            compare(buttonTop(), textTop + titleTop - margin);
            verify(Math.abs(textTop - titleTop) <= gap, textTop + " and " + titleTop);
        }
    }
}
