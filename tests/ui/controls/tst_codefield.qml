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

    CodeField {
        id: field

        width: 320
    }

    SignalSpy {
        id: accepted

        target: field
        signalName: "accepted"
    }

    TestCase {
        name: "CodeField"
        when: windowShown

        function type(text) {
            for (let i = 0; i < text.length; ++i)
                keyClick(text[i]);
        }

        // Every text that a script could read in the item and in what it is made of.
        function readable(item) {
            let found = "";
            for (const name in item) {
                if (typeof item[name] === "string")
                    found += item[name] + "\n";
            }
            for (let i = 0; i < item.children.length; ++i)
                found += readable(item.children[i]);
            return found;
        }

        function init() {
            field.clear();
            field.forceActiveFocus();
            accepted.clear();
        }

        function test_staysShownAndKeepsItsTextUntilItIsCleared() {
            verify(field.shown);
            type("482913");
            compare(Probe.copy(field.entry), "482913");
            verify(!field.empty);
            field.clear();
            verify(field.empty);
            verify(field.shown);
        }

        function test_keepsThePastedGapsAndAllDigits() {
            const digits = "1".repeat(255);
            Probe.putOnClipboard("482 913\n");
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(Probe.take(field.entry), "482 913");
            Probe.putOnClipboard(digits);
            keyClick(Qt.Key_V, Qt.ControlModifier);
            compare(Probe.take(field.entry), digits);
        }

        function test_cannotBeUndone() {
            type("482913");
            field.clear();
            keyClick(Qt.Key_Z, Qt.ControlModifier);
            compare(Probe.take(field.entry), "");
        }

        function test_isReadByNeitherScriptsNorTheAccessibilityBus() {
            type("482913");
            verify(readable(field).includes("Verification code"));
            verify(!readable(field).includes("482913"));
            const heard = Probe.heard(scene);
            verify(heard.includes("Verification code"));
            verify(!heard.includes("482913"), heard);
        }

        function test_isAcceptedByEnter() {
            type("1");
            keyClick(Qt.Key_Return);
            compare(accepted.count, 1);
        }
    }
}
