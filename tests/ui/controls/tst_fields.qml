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

        AppTextField {
            id: shortField

            label: "Name"
            mostCharacters: 3
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
            onToggled: model.remember = checked
            checked: model.remember
        }

        AppSwitch {
            id: qr

            text: "QR code"
            onToggled: model.withQrCode = checked
            checked: model.withQrCode
        }

        AppRadioButton {
            id: dice

            text: "Six words"
            checked: true
        }

        AppRadioButton {
            id: own

            text: "My own"
            onToggled: model.ownPassphrase = checked
        }

        Expander {
            id: expander

            title: "Custom environment"
        }
    }

    // Stands for a view-model.
    QtObject {
        id: model

        property bool remember: false
        property bool withQrCode: false
        property bool ownPassphrase: false
    }

    SignalSpy {
        id: edited

        target: shortField
        signalName: "edited"
    }

    SignalSpy {
        id: told

        signalName: "toggled"
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

        function test_limitCountsCharactersAsPeopleDo() {
            const family = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
            shortField.text = "ab" + family + "c";
            compare(shortField.text, "ab" + family);
            shortField.text = "";
            shortField.inputItem.insert(0, "abcdef");
            compare(shortField.text, "abc");
            shortField.inputItem.forceActiveFocus();
            keyClick(Qt.Key_X);
            compare(shortField.text, "abc");
            // What is pasted is told, though it is cut.
            shortField.text = "";
            field.text = "abcdef";
            field.selectAll();
            field.inputItem.copy();
            field.text = "";
            edited.clear();
            shortField.inputItem.paste();
            compare(shortField.text, "abc");
            compare(edited.count, 1);
            compare(edited.signalArguments[0][0], "abc");
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

        function toggles(control, property) {
            const name = control.text;
            return [
                {tag: name + " by Space", go: () => keyClick(Qt.Key_Space)},
                {tag: name + " by the mouse", go: () => mouseClick(control)},
                {tag: name + " toggled by a screen reader",
                 go: () => verify(Probe.toggle(scene, name))},
                {tag: name + " pressed by a screen reader",
                 go: () => verify(Probe.press(scene, name))}
            ].map(row => ({tag: row.tag, go: row.go, control, property}));
        }

        function test_boxAndSwitchTellTheModelOnce_data() {
            return toggles(box, "remember").concat(toggles(qr, "withQrCode"));
        }

        function test_boxAndSwitchTellTheModelOnce(data) {
            model[data.property] = false;
            data.control.forceActiveFocus(Qt.TabFocusReason);
            told.target = data.control;
            told.clear();
            for (const wanted of [true, false, true]) {
                data.go();
                compare(model[data.property], wanted);
                compare(data.control.checked, wanted);
                compare(Probe.isChecked(scene, data.control.text), wanted);
            }
            compare(told.count, 3);
            model[data.property] = false;
            verify(!data.control.checked);
        }

        function test_radioButtonTellsTheModelOnceAndStaysChosen_data() {
            return toggles(own, "ownPassphrase");
        }

        function test_radioButtonTellsTheModelOnceAndStaysChosen(data) {
            dice.checked = true;
            model.ownPassphrase = false;
            own.forceActiveFocus(Qt.TabFocusReason);
            told.target = own;
            told.clear();
            data.go();
            verify(model.ownPassphrase);
            verify(!dice.checked);
            data.go();
            verify(own.checked);
            compare(told.count, 1);
        }

        function test_disabledBoxIsNotToggledByAScreenReader() {
            model.remember = false;
            box.enabled = false;
            Probe.toggle(scene, "Remember email");
            Probe.press(scene, "Remember email");
            verify(!box.checked);
            verify(!model.remember);
            box.enabled = true;
        }

        function test_spinBoxTellsWhatAScreenReaderCounts() {
            modified.clear();
            spin.value = 8;
            verify(Probe.increase(scene, "Copies"));
            verify(Probe.increase(scene, "Copies"));
            compare(spin.value, 9);
            compare(modified.count, 1);
        }

        function test_expanderOpensByAScreenReader() {
            expander.expanded = false;
            verify(Probe.press(scene, "Custom environment"));
            verify(expander.expanded);
        }
    }
}
