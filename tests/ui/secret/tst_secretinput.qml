// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 400
    height: 200

    SecretInput {
        id: input

        width: 200
        height: 40
        leftPadding: 10

        Accessible.role: Accessible.EditableText
        Accessible.name: "Secret"
    }

    SecretEntry {
        id: entry

        input: input
    }

    SignalSpy {
        id: edited

        target: input
        signalName: "edited"
    }

    TestCase {
        name: "SecretInput"
        when: windowShown

        function type(text) {
            for (let i = 0; i < text.length; ++i)
                keyClick(text[i]);
        }

        function init() {
            input.clear();
            input.readOnly = false;
            input.shown = false;
            input.maximumLength = 100;
            input.forceActiveFocus();
            edited.clear();
        }

        function test_isEditedByKeys_data() {
            const shift = Qt.ShiftModifier;
            const control = Qt.ControlModifier;
            return [
                {tag: "backspace", keys: [[Qt.Key_Backspace]], rest: "abcd"},
                {tag: "delete at the end", keys: [[Qt.Key_Delete]], rest: "abcde"},
                {tag: "in the middle", keys: [[Qt.Key_Left], [Qt.Key_Left], [Qt.Key_Backspace]],
                 rest: "abde"},
                {tag: "from the start", keys: [[Qt.Key_Home], [Qt.Key_Delete]], rest: "bcde"},
                {tag: "all", keys: [[Qt.Key_A, control], [Qt.Key_Backspace]], rest: ""},
                {tag: "all before the cursor", keys: [[Qt.Key_Left], [Qt.Key_Backspace, control]],
                 rest: "e"},
                {tag: "selected", keys: [[Qt.Key_Left, shift], [Qt.Key_Left, shift],
                                         [Qt.Key_Delete]], rest: "abc"},
                {tag: "selected to the start", keys: [[Qt.Key_Left], [Qt.Key_Home, shift], [Qt.Key_X]],
                 rest: "xe"},
                {tag: "selection left", keys: [[Qt.Key_A, control], [Qt.Key_Left], [Qt.Key_X]],
                 rest: "xabcde"},
                {tag: "undo does nothing", keys: [[Qt.Key_A, control], [Qt.Key_Delete],
                                                  [Qt.Key_Z, control]], rest: ""},
            ];
        }

        function test_isEditedByKeys(data) {
            type("abcde");
            compare(input.length, 5);
            for (const key of data.keys)
                keyClick(key[0], key.length > 1 ? key[1] : Qt.NoModifier);
            compare(Probe.take(entry), data.rest);
            verify(input.empty);
        }

        function test_charactersAreRemovedWhole() {
            input.fill("aé👩‍🚀");
            compare(input.length, 3);
            keyClick(Qt.Key_Backspace);
            compare(Probe.copy(entry), "aé");
            keyClick(Qt.Key_Backspace);
            compare(Probe.copy(entry), "a");
        }

        function test_lineBreaksAreDropped() {
            input.fill("ab\ncd\r\n");
            compare(Probe.copy(entry), "abcd");
        }

        function test_endsAtItsLimitWithoutHalfACharacter() {
            input.maximumLength = 4;
            input.fill("abc🔑d");
            compare(Probe.copy(entry), "abc");
            type("xyz");
            compare(Probe.copy(entry), "abcx");
        }

        function test_readOnlyChangesNothing() {
            input.fill("abc");
            input.readOnly = true;
            type("x");
            keyClick(Qt.Key_Backspace);
            compare(Probe.copy(entry), "abc");
            compare(edited.count, 0);
        }

        function test_clickPutsTheCursor() {
            input.fill("abcdef");
            mouseClick(input, 11, 20);
            type("x");
            compare(Probe.copy(entry), "xabcdef");
            mouseDoubleClickSequence(input, 30, 20);
            type("y");
            compare(Probe.copy(entry), "y");
        }

        function test_pastesAndNeverCopies() {
            Probe.putOnClipboard("from the clipboard\n");
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(Probe.copy(entry), "from the clipboard");
            Probe.putOnClipboard("other");
            input.shown = true;
            keyClick(Qt.Key_A, Qt.ControlModifier);
            keyClick(Qt.Key_C, Qt.ControlModifier);
            keyClick(Qt.Key_X, Qt.ControlModifier);
            compare(Probe.clipboard(), "other");
        }

        function test_takesWhatAnInputMethodCommits() {
            Probe.composeInto(input, "ni", "");
            verify(input.empty);
            Probe.composeInto(input, "", "你");
            compare(Probe.copy(entry), "你");
        }

        function test_drawsDotsOrCharacters() {
            input.fill("abc");
            compare(Probe.charactersOf(input), 0);
            input.shown = true;
            compare(Probe.charactersOf(input), 3);
        }

        function test_isNeverHeard() {
            input.fill("zq4wt");
            input.shown = true;
            verify(!Probe.heard(scene).includes("zq4wt"));
        }
    }
}
