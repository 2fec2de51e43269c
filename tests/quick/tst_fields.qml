// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 600
    height: 400

    Column {
        spacing: 8

        AppTextField {
            id: field

            label: "Base URL"
            hint: "A path may follow."
        }

        SegmentedChoice {
            id: choice

            label: "Paper"
            options: ["A4", "Letter"]
            onChosen: index => choice.currentIndex = index
        }

        AppComboBox {
            id: combo

            label: "Printer"
            model: ["Brother", "Office"]
        }

        AppSpinBox {
            id: spin

            label: "Copies"
            from: 1
            to: 9
            value: 1
        }

        AppCheckBox {
            id: box

            text: "Remember email"
        }

        AppSwitch {
            id: qr

            text: "QR code"
        }

        Expander {
            id: expander

            title: "Custom environment"
        }
    }

    SignalSpy {
        id: chosen

        target: combo
        signalName: "chosen"
    }

    SignalSpy {
        id: modified

        target: spin
        signalName: "modified"
    }

    TestCase {
        name: "Fields"
        when: windowShown

        function test_textFieldTellsItsHintThenItsError() {
            compare(Probe.descriptionOf(scene, "Base URL"), "A path may follow.");
            field.errorText = "Only https.";
            compare(Probe.descriptionOf(scene, "Base URL"), "Only https.");
            field.errorText = "";
        }

        function test_choiceMovesByArrows() {
            choice.currentIndex = 0;
            choice.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Right);
            compare(choice.currentIndex, 1);
            keyClick(Qt.Key_Right);
            compare(choice.currentIndex, 1);
            keyClick(Qt.Key_Left);
            compare(choice.currentIndex, 0);
        }

        function test_choiceIsPressedByAScreenReader() {
            choice.currentIndex = 0;
            verify(Probe.press(scene, "Letter"));
            compare(choice.currentIndex, 1);
        }

        function test_comboChoosesByKeys() {
            chosen.clear();
            combo.forceActiveFocus();
            keyClick(Qt.Key_Down);
            compare(chosen.count, 1);
            compare(combo.currentIndex, 1);
        }

        function test_spinBoxCountsByKeysWithinItsBounds() {
            modified.clear();
            spin.value = 8;
            spin.forceActiveFocus();
            keyClick(Qt.Key_Up);
            keyClick(Qt.Key_Up);
            compare(spin.value, 9);
            compare(modified.count, 1);
        }

        function test_boxAndSwitchToggleBySpace_data() {
            return [{tag: "check box", control: box}, {tag: "switch", control: qr}];
        }

        function test_boxAndSwitchToggleBySpace(data) {
            data.control.checked = false;
            data.control.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            verify(data.control.checked);
        }

        function test_expanderOpensByAScreenReader() {
            expander.expanded = false;
            verify(Probe.press(scene, "Custom environment"));
            verify(expander.expanded);
        }
    }
}
