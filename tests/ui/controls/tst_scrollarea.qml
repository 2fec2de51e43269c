// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtTest
import Sparekey

Item {
    id: scene

    width: 400
    height: 400

    property int heightAbove: 20
    property bool troubled: false

    ScrollArea {
        id: area

        width: parent.width
        height: 240

        Callout {
            id: trouble

            Layout.fillWidth: true
            visible: scene.troubled
            alert: true
            text: "The folder is read-only."
        }

        Item {
            Layout.preferredHeight: scene.heightAbove
        }

        AppButton {
            id: button

            text: "Press"
        }

        Item {
            Layout.preferredHeight: 600
        }
    }

    ScrollArea {
        id: fields

        y: 300
        width: parent.width
        height: 100

        AppTextField {
            id: shortText

            text: "mmmm"
        }

        AppTextField {
            id: longText

            text: "m".repeat(100)
        }

        SecretField {
            id: secret

            covered: false
        }

        Item {
            Layout.preferredHeight: 600
        }
    }

    TestCase {
        name: "ScrollArea"
        when: windowShown

        function init() {
            scene.forceActiveFocus();
            scene.heightAbove = 20;
            scene.troubled = false;
            area.showsAlerts = false;
            waitForRendering(scene, 200);
            area.contentY = 0;
        }

        function isInView(item: Item): bool {
            const top = item.mapToItem(area, 0, 0).y;
            return top >= 0 && top + item.height <= area.height;
        }

        function test_keepsTheFocusedControlInViewWhenTheLayoutChanges() {
            button.forceActiveFocus();
            verify(isInView(button));
            const height = area.contentHeight;
            scene.heightAbove = 500;
            tryCompare(area, "contentHeight", height + 480);
            tryVerify(() => isInView(button));
            scene.heightAbove = 20;
            tryCompare(area, "contentHeight", height);
            tryVerify(() => isInView(button));
        }

        function test_leavesThePlaceThatTheUserScrolledTo() {
            button.forceActiveFocus();
            area.scrollBy(400);
            verify(!isInView(button));
            const place = area.contentY;
            const height = area.contentHeight;
            scene.heightAbove = 40;
            tryCompare(area, "contentHeight", height + 20);
            waitForRendering(scene, 200);
            compare(area.contentY, place);
            // Until a control gets the focus.
            scene.forceActiveFocus();
            button.forceActiveFocus();
            tryVerify(() => isInView(button));
        }

        function test_staysAtTheTopUntilItIsToFollow() {
            scene.heightAbove = 500;
            waitForRendering(scene, 200);
            button.forceActiveFocus();
            area.stayAtTop();
            waitForRendering(scene, 200);
            compare(area.contentY, 0);
            area.follow();
            verify(isInView(button));
        }

        function test_showsAnAlertThatAnswersToTheUser() {
            area.scrollBy(400);
            scene.troubled = true;
            waitForRendering(scene, 200);
            verify(!isInView(trouble));
            scene.troubled = false;
            area.showsAlerts = true;
            scene.troubled = true;
            tryVerify(() => isInView(trouble));
        }

        function test_paintsNothingOutside_data() {
            return [{tag: "short text", field: shortText}, {tag: "long text", field: longText},
                    {tag: "secret", field: secret}];
        }

        function test_paintsNothingOutside(data) {
            secret.fill("mmmm");
            fields.contentY = 0;
            waitForRendering(scene, 200);
            // To where the middle of the field is above the area, and nothing else is.
            const middle = data.field.mapToItem(fields.contentItem, 0, data.field.height / 2).y;
            fields.contentY = middle + 30;
            waitForRendering(scene, 200);
            const shown = grabImage(scene);
            const background = shown.pixel(scene.width - 1, fields.y - 30);
            for (let x = 0; x < scene.width; ++x) {
                for (let y = fields.y - 40; y < fields.y - 20; ++y)
                    verify(shown.pixel(x, y) === background, x + ", " + y);
            }
        }
    }
}
