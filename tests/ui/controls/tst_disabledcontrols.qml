// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 400
    height: 800

    property int used: 0
    property bool usable: true

    Card {
        anchors.fill: parent

        Column {
            enabled: scene.usable

            AppButton {
                text: "Button"
                onActivated: scene.used += 1
            }

            IconButton {
                iconName: "copy"
                text: "Icon"
                onClicked: scene.used += 1
            }

            AppCheckBox {
                text: "Check box"
                onToggled: scene.used += 1
            }

            AppRadioButton {
                text: "Radio button"
                onClicked: scene.used += 1
            }

            AppSwitch {
                text: "Switch"
                onToggled: scene.used += 1
            }

            AppTextField {
                label: "Text field"
            }

            PasswordField {
                label: "Password"
            }

            AppSpinBox {
                label: "Spin box"
            }

            Expander {
                title: "Expander"
                expanded: true
                width: 300

                AppButton {
                    text: "Inner button"
                    onActivated: scene.used += 1
                }
            }
        }
    }

    TestCase {
        name: "DisabledControls"
        when: windowShown

        function initTestCase() {
            Probe.listen(true);
        }

        function init() {
            scene.usable = true;
            scene.used = 0;
        }

        function test_areReportedAsDisabled_data() {
            return [{tag: "Button", usable: "focusable press setfocus", presses: true},
                    {tag: "Icon", usable: "focusable press setfocus", presses: true},
                    {tag: "Check box", usable: "focusable toggle press setfocus", presses: true},
                    {tag: "Radio button", usable: "focusable toggle press setfocus", presses: true},
                    {tag: "Switch", usable: "focusable toggle press setfocus", presses: true},
                    {tag: "Text field", usable: "focusable setfocus", presses: false},
                    {tag: "Password", usable: "focusable setfocus", presses: false},
                    {tag: "Spin box", usable: "focusable increase decrease setfocus", presses: false},
                    {tag: "Inner button", usable: "focusable press setfocus", presses: true}];
        }

        function test_areReportedAsDisabled(data) {
            for (let time = 0; time < 2; ++time) {
                scene.usable = true;
                compare(Probe.stateOf(scene, data.tag), data.usable);
                verify(Probe.isInTree(scene, data.tag));
                scene.usable = false;
                compare(Probe.stateOf(scene, data.tag), "disabled");
                verify(Probe.isInTree(scene, data.tag));
                Probe.press(scene, data.tag);
                compare(scene.used, 0);
            }
            scene.usable = true;
            Probe.press(scene, data.tag);
            compare(scene.used, data.presses ? 1 : 0);
        }

        function test_textsAreReportedAsDisabledWithTheirControls() {
            compare(Probe.stateOf(scene, "Expander"), "focusable press setfocus");
            scene.usable = false;
            compare(Probe.stateOf(scene, "Expander"), "disabled");
        }
    }
}
