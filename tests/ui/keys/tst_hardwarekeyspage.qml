// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

// The page Security keys by keyboard and ear, with keys of software behind it.
Item {
    id: scene

    width: 932
    height: 1400

    Component {
        id: hardwareKeys

        HardwareKeysPage {
            anchors.fill: parent
        }
    }

    TestCase {
        id: test

        property HardwareKeysPage page: null
        readonly property HardwareKeysViewModel viewModel: KeyBench.page

        name: "HardwareKeysPage"
        when: windowShown

        function init() {
            KeyBench.start();
        }

        function cleanup() {
            if (test.page) {
                test.page.destroy();
                test.page = null;
                wait(0);
            }
            scene.width = 932;
            KeyBench.stop();
        }

        function open() {
            test.page = hardwareKeys.createObject(scene, {viewModel: KeyBench.page});
            verify(test.page);
        }

        function openWithKey() {
            open();
            tryVerify(() => test.viewModel.details.known);
        }

        function item(name) {
            const found = findChild(test.page, name);
            verify(found, name);
            return found;
        }

        function focused() {
            return scene.Window.activeFocusItem;
        }

        function isOn(what) {
            return focused() !== null && focused().visible && Probe.focused(scene) === what;
        }

        function openBy(button) {
            item(button).forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
        }

        // Tab goes on from where the focus is, and comes back.
        function checkTab() {
            wait(0);
            const before = focused();
            keyClick(Qt.Key_Tab);
            const after = focused();
            verify(after !== null && after !== before && after.visible && after.enabled,
                   before + " " + after);
            keyClick(Qt.Key_Backtab, Qt.ShiftModifier);
            compare(focused(), before);
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function test_emptyPageSaysWhatToDo() {
            open();
            tryVerify(() => Probe.heard(scene).includes("Plug in your key"));
            verify(Probe.heard(scene).includes("No key is known yet"));
            verify(!findChild(test.page, "card.details"));
            verify(Probe.press(scene, "My key does not appear"));
            tryVerify(() => Probe.heard(scene).includes("directly and not through a hub"));
        }

        function test_keyIsWatchedOnlyWhileThePageIsSeen() {
            KeyBench.plugIn("Maker Blue");
            openWithKey();
            test.page.visible = false;
            tryCompare(test.viewModel, "shown", false);
            compare(test.viewModel.devices.count, 0);
            test.page.visible = true;
            tryVerify(() => test.viewModel.details.known);
            test.page.destroy();
            test.page = null;
            tryCompare(test.viewModel, "shown", false);
        }

        function test_factsAreReadOut() {
            KeyBench.plugIn("Maker Blue", "1234");
            openWithKey();
            verify(!Probe.heard(scene).includes("Model (AAGUID)"));
            verify(Probe.press(scene, "Technical details"));
            const heard = Probe.heard(scene);
            verify(heard.includes("PIN: Set"));
            verify(heard.includes("Model (AAGUID): 73706172-656b-6579-2d73-6f66742d3031"));
            verify(heard.includes("Connections: NFC, USB"));
            verify(heard.includes("Protocols: "));
            verify(heard.includes("Firmware: "));
            verify(heard.includes("Simulated key"));
        }

        function test_forbiddenKeyIsExplained() {
            const key = KeyBench.plugIn("Maker Blue");
            KeyBench.forbid(key);
            open();
            tryVerify(() => test.viewModel.forbidden);
            verify(item("callout.forbidden").visible);
            verify(item("txt.udevRule").text.includes("uaccess"));
            verify(Probe.heard(scene).includes("This computer does not let you use the key"));
        }

        function test_whatAnOldKeySaysIsAHint() {
            const key = KeyBench.plugInOld("Maker Old");
            verify(KeyBench.enrol(key, "me@example.com", "Grey"));
            openWithKey();
            verify(Probe.heard(scene).includes("This key says that it is “Grey” of your list."));
            verify(!item("badge.recognized").visible);
            verify(Probe.press(scene, "Name and place…"));
            tryVerify(() => test.viewModel.note.open && focused().text === "Grey");
        }

        function test_whatCannotBeDoneSaysWhy() {
            KeyBench.plugIn("Maker Blue");
            openWithKey();
            verify(Probe.descriptionOf(scene, "Sign-ins on the key…").includes("Set one first"));
            verify(Probe.press(scene, "Sign-ins on the key…"));
            verify(!test.viewModel.entries.open);
        }

        function test_keyIsAddedByKeyboardAlone() {
            KeyBench.plugIn("Maker Blue");
            openWithKey();
            item("btn.describe").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            tryVerify(() => focused().text === "Maker Blue");
            type("Blue");
            keyClick(Qt.Key_Tab);
            type("Safe");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.note.open);
            tryCompare(test.viewModel.details, "name", "Blue");
            tryVerify(() => Probe.heard(scene).includes("Blue, connected"));
            verify(Probe.heard(scene).includes("Kept: Safe"));
            // Focus is where it was.
            tryVerify(() => focused() === item("btn.describe"));
        }

        function test_pinIsSetByKeyboardAndNeverHeard() {
            const key = KeyBench.plugIn("Maker Blue");
            openWithKey();
            verify(Probe.press(scene, "Set a PIN…"));
            tryVerify(() => test.viewModel.pin.open && focused().activeFocus);
            wait(0);
            type("2468");
            keyClick(Qt.Key_Return);
            type("2469");
            verify(!Probe.heard(scene).includes("2468"));
            keyClick(Qt.Key_Return);
            verify(Probe.heard(scene).includes("The two PINs do not match"));
            verify(!KeyBench.hasPin(key));
            wait(0);
            type("2468");
            keyClick(Qt.Key_Return);
            type("2468");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.pin.open);
            verify(KeyBench.hasPin(key));
            tryVerify(() => Probe.heard(scene).includes("Change PIN…"));
        }

        function test_escLeavesDialogsWithoutDoingAnything() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            openWithKey();
            verify(Probe.press(scene, "Change PIN…"));
            tryVerify(() => test.viewModel.pin.open);
            wait(0);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.viewModel.pin.open);
            verify(Probe.press(scene, "Reset…"));
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Asking);
            wait(0);
            keyClick(Qt.Key_Escape);
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Closed);
            compare(KeyBench.resetsOf(key), 0);
        }

        function test_entryIsDeletedAfterAsking() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            verify(KeyBench.keep(key, "a.example", "me", "1234"));
            openWithKey();
            verify(Probe.press(scene, "Sign-ins on the key…"));
            tryVerify(() => test.viewModel.entries.prompt.stage === KeyPromptViewModel.Pin);
            wait(0);
            type("1234");
            verify(!Probe.heard(scene).includes("1234"));
            keyClick(Qt.Key_Return);
            tryVerify(() => test.viewModel.entries.loaded);
            tryVerify(() => Probe.heard(scene).includes("a.example, me"));
            verify(Probe.press(scene, "Delete the sign-in for a.example, me"));
            tryVerify(() => focused().text === "Keep sign-in");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.entries.asking);
            compare(KeyBench.entriesOn(key), 1);
            verify(Probe.press(scene, "Delete the sign-in for a.example, me"));
            tryVerify(() => test.viewModel.entries.asking);
            verify(Probe.press(scene, "Delete sign-in"));
            tryVerify(() => !test.viewModel.entries.asking);
            compare(KeyBench.entriesOn(key), 0);
            tryVerify(() => Probe.heard(scene).includes("No sign-in is stored on this key"));
        }

        function test_focusFollowsTheKeyThatIsAdded() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            KeyBench.demandPin(key);
            openWithKey();
            openBy("btn.describe");
            tryVerify(() => test.viewModel.note.open && isOn("Name"));
            keyClick(Qt.Key_Return);
            tryCompare(test.viewModel.note.prompt, "stage", KeyPromptViewModel.Pin);
            tryVerify(() => isOn("PIN of the key"));
            checkTab();
            type("1234");
            KeyBench.neverTouch(key);
            keyClick(Qt.Key_Return);
            tryCompare(test.viewModel.note.prompt, "stage", KeyPromptViewModel.Touch);
            tryVerify(() => isOn("Stop"));
            checkTab();
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.note.busy);
            tryVerify(() => isOn("Name"));
            checkTab();
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.viewModel.note.open);
            tryVerify(() => focused() === item("btn.describe"));
        }

        function test_focusLeavesThePromptOfThePage() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            verify(KeyBench.enrol(key, "me@example.com", "Blue"));
            KeyBench.makeSilent(key);
            openWithKey();
            tryVerify(() => test.viewModel.details.silent);
            openBy("btn.recognize");
            tryVerify(() => isOn("PIN of the key"));
            verify(Probe.press(scene, "Stop"));
            tryVerify(() => focused() === item("btn.recognize"));
            keyClick(Qt.Key_Return);
            tryVerify(() => isOn("PIN of the key"));
            type("1234");
            keyClick(Qt.Key_Return);
            tryVerify(() => test.viewModel.details.recognized);
            tryVerify(() => focused() === item("btn.describe") && focused().visible);
        }

        function test_focusFollowsTheListOfEntries() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            verify(KeyBench.keep(key, "a.example", "me", "1234"));
            openWithKey();
            openBy("btn.entries");
            tryCompare(test.viewModel.entries.prompt, "stage", KeyPromptViewModel.Pin);
            tryVerify(() => isOn("PIN of the key"));
            checkTab();
            type("0000");
            keyClick(Qt.Key_Return);
            tryVerify(() => Probe.heard(scene).includes("wrong") || Probe.heard(scene).includes("Wrong"));
            tryVerify(() => isOn("PIN of the key"));
            type("1234");
            keyClick(Qt.Key_Return);
            tryVerify(() => test.viewModel.entries.loaded);
            tryVerify(() => isOn("Close"));
            checkTab();
            // A key that is gone.
            tryVerify(() => Probe.heard(scene).includes("Delete the sign-in for a.example, me"));
            verify(Probe.press(scene, "Delete the sign-in for a.example, me"));
            tryVerify(() => isOn("Keep sign-in"));
            KeyBench.pullOut(key);
            tryCompare(test.viewModel.devices, "count", 0);
            verify(Probe.press(scene, "Delete sign-in"));
            tryVerify(() => test.viewModel.entries.errorText !== "");
            tryVerify(() => isOn("Keep sign-in"));
            checkTab();
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.viewModel.entries.asking);
            KeyBench.plugInAgain(key);
            tryCompare(test.viewModel.devices, "count", 1);
            // Asked for again, because the key was away; Stop leads back to the question.
            verify(Probe.press(scene, "Delete the sign-in for a.example, me"));
            tryVerify(() => isOn("Keep sign-in"));
            verify(Probe.press(scene, "Delete sign-in"));
            tryCompare(test.viewModel.entries.prompt, "stage", KeyPromptViewModel.Pin);
            tryVerify(() => isOn("PIN of the key"));
            verify(Probe.press(scene, "Stop"));
            tryVerify(() => isOn("Keep sign-in"));
            verify(Probe.press(scene, "Delete sign-in"));
            tryVerify(() => isOn("PIN of the key"));
            type("1234");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.entries.asking);
            compare(KeyBench.entriesOn(key), 0);
            tryVerify(() => isOn("Close"));
            checkTab();
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.entries.open);
        }

        function test_focusGoesToThePinThatIsWrong() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            openWithKey();
            verify(Probe.press(scene, "Change PIN…"));
            tryVerify(() => isOn("Current PIN"));
            type("0000");
            keyClick(Qt.Key_Return);
            tryVerify(() => isOn("New PIN"));
            type("5678");
            keyClick(Qt.Key_Return);
            type("5679");
            keyClick(Qt.Key_Return);
            tryVerify(() => isOn("New PIN"));
            checkTab();
            type("5678");
            keyClick(Qt.Key_Return);
            type("5678");
            keyClick(Qt.Key_Return);
            tryVerify(() => test.viewModel.pin.currentErrorText !== "");
            tryVerify(() => isOn("Current PIN"));
            checkTab();
            type("1234");
            keyClick(Qt.Key_Return);
            type("5678");
            keyClick(Qt.Key_Return);
            type("5678");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.pin.open);
        }

        function test_focusFollowsTheResetThatIsStopped() {
            KeyBench.plugIn("Maker Blue", "1234");
            openWithKey();
            openBy("btn.reset");
            tryVerify(() => isOn("Enter RESET to continue"));
            type("RESET");
            keyClick(Qt.Key_Return);
            tryCompare(test.viewModel.reset.prompt, "stage", KeyPromptViewModel.Replug);
            tryVerify(() => isOn("Cancel"));
            checkTab();
            verify(Probe.press(scene, "Stop"));
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Asking);
            tryVerify(() => isOn("Enter RESET to continue"));
            checkTab();
            keyClick(Qt.Key_Escape);
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Closed);
            tryVerify(() => focused() === item("btn.reset"));
        }

        function test_resetNeedsTheWordAReplugAndATouch() {
            const key = KeyBench.plugIn("Maker Blue", "1234");
            openWithKey();
            verify(Probe.press(scene, "Reset…"));
            tryVerify(() => test.viewModel.reset.stage === KeyResetViewModel.Asking);
            wait(0);
            verify(Probe.descriptionOf(scene, "Reset key").includes("RESET"));
            // Nothing proves which key this is.
            verify(Probe.heard(scene).includes("Make sure that it is the right key"));
            type("reset");
            keyClick(Qt.Key_Return);
            compare(test.viewModel.reset.stage, KeyResetViewModel.Asking);
            keyClick(Qt.Key_A, Qt.ControlModifier);
            type("RESET");
            compare(Probe.descriptionOf(scene, "Reset key"), "");
            KeyBench.neverTouch(key);
            keyClick(Qt.Key_Return);
            tryCompare(test.viewModel.reset.prompt, "stage", KeyPromptViewModel.Replug);
            verify(Probe.heard(scene).includes("first 10 seconds"));
            tryVerify(() => focused().text === "Cancel");
            KeyBench.pullOut(key);
            tryCompare(test.viewModel.devices, "count", 0);
            KeyBench.plugInAgain(key);
            tryCompare(test.viewModel.reset.prompt, "stage", KeyPromptViewModel.Touch);
            tryVerify(() => Probe.heard(scene).includes("left to touch it"));
            verify(KeyBench.hasPin(key));
            KeyBench.touch(key);
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Done);
            verify(!KeyBench.hasPin(key));
            tryVerify(() => focused().text === "Close");
            keyClick(Qt.Key_Return);
            tryCompare(test.viewModel.reset, "stage", KeyResetViewModel.Closed);
        }

        function test_whatIsLeftIsOneStepAway() {
            const blue = KeyBench.plugIn("Maker Blue");
            verify(KeyBench.enrol(blue, "me@example.com", "Blue", [7]));
            verify(KeyBench.enrol(blue, "you@example.com", "Blue", [7, 0]));
            KeyBench.pullOut(blue);
            open();
            tryVerify(() => test.viewModel.inventory.count === 2);
            const question = item("expander.loss.0");
            verify(!Probe.heard(scene).includes("Nothing is left that Sparekey knows of"));
            question.expanded = true;
            tryVerify(() => Probe.heard(scene).includes("Nothing is left that Sparekey knows of"));
            verify(Probe.heard(scene).includes("me@example.com on vault.example.com"));
            item("expander.loss.1").expanded = true;
            tryVerify(() => Probe.heard(scene).includes("Authenticator app"));
        }

        function test_keyIsForgottenAfterAsking() {
            const blue = KeyBench.plugIn("Maker Blue");
            verify(KeyBench.enrol(blue, "me@example.com", "Blue"));
            openWithKey();
            tryVerify(() => test.viewModel.inventory.count === 1);
            verify(Probe.press(scene, "Forget Blue"));
            tryVerify(() => focused().text === "Keep it in the list");
            keyClick(Qt.Key_Return);
            tryVerify(() => !test.viewModel.forgetting.asking);
            compare(test.viewModel.inventory.count, 1);
            verify(Probe.press(scene, "Forget Blue"));
            tryVerify(() => test.viewModel.forgetting.asking);
            verify(Probe.press(scene, "Forget key"));
            tryCompare(test.viewModel.inventory, "count", 0);
        }

        function test_nothingIsCutOffInANarrowWindow() {
            scene.width = 480;
            const blue = KeyBench.plugIn("A security key with a rather long name of its maker");
            verify(KeyBench.enrol(blue, "somebody.with.a.long.address@mail.example.com", "Blue"));
            openWithKey();
            tryVerify(() => test.viewModel.details.recognized);
            item("expander.loss.0").expanded = true;
            wait(50);
            const check = parent => {
                for (let i = 0; i < parent.children.length; ++i) {
                    const child = parent.children[i];
                    if (!child.visible || child.width === 0 || child.height === 0)
                        continue;
                    const right = child.mapToItem(scene, Qt.point(child.width, 0)).x;
                    verify(right <= 480, child + " " + child.objectName + " " + right);
                    check(child);
                }
            };
            check(item("card.details"));
            check(item("list.inventory"));
            check(item("list.devices"));
        }
    }
}
