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

    PasswordField {
        id: field

        width: 320
    }

    SignalSpy {
        id: accepted

        target: field
        signalName: "accepted"
    }

    TestCase {
        name: "PasswordField"
        when: windowShown

        function type(text) {
            for (let i = 0; i < text.length; ++i)
                keyClick(text[i]);
        }

        function init() {
            field.clear();
            field.errorText = "";
            field.hint = "";
            field.forceActiveFocus();
            accepted.clear();
        }

        function test_handsItsTextOutOnce() {
            type("zq4wt");
            verify(!field.empty);
            compare(Probe.take(field.entry), "zq4wt");
            verify(field.empty);
            compare(Probe.take(field.entry), "");
        }

        function test_keepsWhatIsOnlyCopied() {
            type("zq4wt");
            compare(Probe.copy(field.entry), "zq4wt");
            verify(!field.empty);
            compare(Probe.copy(field.entry), "zq4wt");
        }

        function test_cannotBeUndoneAfterItWasTaken() {
            type("zq4wt");
            keyClick(Qt.Key_S, Qt.AltModifier);
            verify(field.shown);
            compare(Probe.take(field.entry), "zq4wt");
            verify(!field.shown);
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            compare(Probe.take(field.entry), "");
        }

        function test_isNeverHeardByScreenReaders_data() {
            return [{tag: "covered", shown: false}, {tag: "shown", shown: true}];
        }

        function test_isNeverHeardByScreenReaders(data) {
            type("zq4wt");
            if (data.shown)
                field.toggleShown();
            compare(field.shown, data.shown);
            const heard = Probe.heard(scene);
            verify(heard.includes("Master password"));
            verify(!heard.includes("zq4wt"), heard);
        }

        function test_isAnEditableTextWithANameAndItsError() {
            field.errorText = "That is not right.";
            compare(Probe.roleOf(scene, "Master password"), Accessible.EditableText);
            compare(Probe.descriptionOf(scene, "Master password"), "That is not right.");
        }

        function test_showsAndHidesByAltS() {
            type("a");
            keyClick(Qt.Key_S, Qt.AltModifier);
            verify(field.shown);
            verify(Probe.heard(scene).includes("Hide password"));
            keyClick(Qt.Key_S, Qt.AltModifier);
            verify(!field.shown);
            verify(Probe.heard(scene).includes("Show password"));
        }

        function test_notesCapsLock() {
            Probe.typeCapsLocked(field, "a");
            verify(field.capsLock);
            verify(Probe.heard(scene).includes("Caps Lock is on."));
            keyClick("b");
            verify(!field.capsLock);
            keyClick("C", Qt.ShiftModifier);
            verify(!field.capsLock);
        }

        function test_isAcceptedByEnter() {
            type("a");
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
        }
    }
}
