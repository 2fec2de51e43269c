// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

// The dialogs of the methods by keyboard, with an account at a server behind them.
Item {
    id: scene

    width: 900
    height: 900

    Component {
        id: yubicoOtp

        YubicoOtpDialog {}
    }

    Component {
        id: authenticator

        AuthenticatorDialog {}
    }

    Component {
        id: email

        EmailDialog {}
    }

    Component {
        id: duo

        DuoDialog {}
    }

    Component {
        id: passkey

        PasskeyDialog {}
    }

    TestCase {
        id: test

        property AppDialog dialog: null

        name: "ProviderDialogs"
        when: windowShown

        function open(component, name, methods) {
            verify(Managed.start(methods));
            const viewModel = Managed.page[name];
            test.dialog = component.createObject(scene, {viewModel});
            verify(Managed.manage(viewModel));
            tryVerify(() => test.dialog.opened);
            return viewModel;
        }

        function cleanup() {
            if (!test.dialog)
                return;
            test.dialog.provider.close();
            tryVerify(() => !test.dialog.visible);
            test.dialog.destroy();
            test.dialog = null;
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        // As a key does, whose Enter follows at once.
        function touch(key) {
            type(Managed.touch(key));
            keyClick(Qt.Key_Return);
        }

        function item(name) {
            const found = findChild(test.dialog.contentItem, name);
            verify(found, name);
            return found;
        }

        function entered(name) {
            const field = item(name);
            return field.entry ? Probe.copy(field.entry) : field.text;
        }

        function test_enterOfAKeyGoesToTheNextLineAndNeverSaves() {
            const viewModel = open(yubicoOtp, "yubicoOtp", []);
            tryVerify(() => item("field.yubiKey.1").activeFocus);
            for (let line = 1; line < 5; ++line) {
                touch("key" + line);
                verify(item("line.yubiKey." + line).taken);
                verify(item("field.yubiKey." + (line + 1)).activeFocus, "line " + (line + 1));
            }
            // A second Enter, and one of a key that touches twice.
            keyClick(Qt.Key_Return);
            touch("key2");
            compare(item("field.yubiKey.5").errorText, "This key is already on line 2.");
            verify(item("field.yubiKey.5").activeFocus);
            // What is there is selected: the next touch replaces it.
            touch("key5");
            verify(item("line.yubiKey.5").taken);
            verify(item("box.nfc").activeFocus);
            verify(item("box.nfc").checked);
            touch("key6");
            verify(item("box.nfc").activeFocus);
            verify(item("box.nfc").checked);
            verify(test.dialog.visible);
            verify(!viewModel.busy);
            compare(Managed.asked("PUT /api/two-factor/yubikey"), 0);
        }

        function test_savesByTheButton() {
            const viewModel = open(yubicoOtp, "yubicoOtp", []);
            tryVerify(() => item("field.yubiKey.1").activeFocus);
            touch("key1");
            item("btn.save").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            tryVerify(() => !test.dialog.visible);
            compare(Managed.asked("PUT /api/two-factor/yubikey"), 1);
        }

        function test_closingAsksBeforeCodesAreLost() {
            const viewModel = open(yubicoOtp, "yubicoOtp", []);
            tryVerify(() => item("field.yubiKey.1").activeFocus);
            touch("key1");
            keyClick(Qt.Key_Escape);
            tryVerify(() => scene.Window.activeFocusItem.objectName === "btn.goBack");
            keyClick(Qt.Key_Return);
            tryVerify(() => item("field.yubiKey.2").activeFocus);
            verify(item("line.yubiKey.1").taken);
            keyClick(Qt.Key_Escape);
            tryVerify(() => Probe.heard(scene).includes("Discard what you entered?"));
            verify(Probe.press(scene, "Discard"));
            tryVerify(() => !test.dialog.visible);
            compare(viewModel.stage, ProviderViewModel.Closed);
        }

        function test_closesAtOnceFromAnEmptyField() {
            open(duo, "duo", []);
            tryVerify(() => item("field.clientId").activeFocus);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.dialog.visible);
        }

        function eachMethod() {
            return [
                {tag: "email", component: email, method: 1},
                {tag: "authenticator", component: authenticator, method: 0},
                {tag: "passkey", component: passkey, method: 7},
                {tag: "yubicoOtp", component: yubicoOtp, method: 3},
                {tag: "duo", component: duo, method: 2}
            ];
        }

        function test_changeElsewhereIsSaid_data() {
            return test.eachMethod();
        }

        function test_changeElsewhereIsSaid(data) {
            verify(Managed.start([]));
            verify(Managed.changeElsewhere({providers: {[data.method]: true}}));
            const viewModel = Managed.page[data.tag];
            test.dialog = data.component.createObject(scene, {viewModel});
            verify(Managed.manage(viewModel));
            tryVerify(() => test.dialog.opened);
            verify(viewModel.on);
            const notice = item("callout.notice");
            verify(notice.visible);
            compare(notice.text, "This method was turned on elsewhere.");
            compare(Probe.roleOf(scene, notice.text), Accessible.AlertMessage);
        }

        function test_closingAsksBeforeACodeIsLost_data() {
            return [
                {tag: "authenticator", component: authenticator, first: "field.code"},
                {tag: "email", component: email, first: "field.address"}
            ];
        }

        function test_closingAsksBeforeACodeIsLost(data) {
            const viewModel = open(data.component, data.tag, []);
            tryVerify(() => item(data.first).activeFocus);
            keyClick("1");
            const text = entered(data.first);
            keyClick(Qt.Key_Escape);
            tryVerify(() => scene.Window.activeFocusItem.objectName === "btn.goBack");
            keyClick(Qt.Key_Return);
            tryVerify(() => item(data.first).activeFocus);
            compare(entered(data.first), text);
            item("btn.close").activated();
            tryVerify(() => Probe.heard(scene).includes("Discard what you entered?"));
            verify(Probe.press(scene, "Discard"));
            tryVerify(() => !test.dialog.visible);
            compare(viewModel.stage, ProviderViewModel.Closed);
        }

        function test_closesAtOnceWhenNothingWasEntered_data() {
            return test.eachMethod();
        }

        function test_closesAtOnceWhenNothingWasEntered(data) {
            open(data.component, data.tag, []);
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.dialog.visible);
        }

        function test_codeOfAnEmailIsNotLostEither() {
            const viewModel = open(email, "email", []);
            tryVerify(() => item("field.address").activeFocus);
            keyClick(Qt.Key_Return);
            tryVerify(() => item("field.code").activeFocus);
            keyClick("1");
            keyClick(Qt.Key_Escape);
            tryVerify(() => Probe.heard(scene).includes("Discard what you entered?"));
            keyClick(Qt.Key_Return);
            tryVerify(() => item("field.code").activeFocus);
            compare(entered("field.code"), "1");
        }

        function test_oldAddressThatMayBeLostIsSaid_data() {
            return [{tag: "classic", may: true}, {tag: "token", may: false}];
        }

        function test_oldAddressThatMayBeLostIsSaid(data) {
            verify(Managed.start([1], data.tag));
            test.dialog = email.createObject(scene, {viewModel: Managed.page.email});
            verify(Managed.manage(Managed.page.email));
            tryVerify(() => test.dialog.opened);
            verify(!item("callout.drop").visible);
            verify(Probe.press(scene, "Change address…"));
            tryVerify(() => item("field.address").activeFocus);
            compare(item("callout.drop").visible, data.may);
        }

        function waits(button) {
            return button.blockedReason.startsWith("You can continue in ");
        }

        function test_turningOffWaitsWithTheServer_data() {
            return test.eachMethod();
        }

        function test_turningOffWaitsWithTheServer(data) {
            const viewModel = open(data.component, data.tag, [data.method]);
            verify(!item("callout.wait").visible);
            verify(Managed.setFault("/api/two-factor/*", "rate-limit",
                                    {method: "DELETE", seconds: 60, times: 1}));
            viewModel.askToTurnOff();
            const confirm = "Turn off " + viewModel.name;
            tryVerify(() => Probe.heard(scene).includes(confirm + "?"));
            Probe.toggle(scene, "I have another way to sign in");
            verify(Probe.press(scene, confirm));
            tryVerify(() => viewModel.waitText !== "");
            verify(viewModel.waitText.startsWith("You can continue in "));
            verify(!viewModel.busy);
            compare(Probe.roleOf(scene, "Too many attempts. The server wants you to wait."),
                    Accessible.AlertMessage);
            verify(Probe.heard(scene).includes("You can continue in "));
            verify(Probe.descriptionOf(scene, confirm).startsWith("You can continue in "));
            verify(!item("callout.wait").visible);
            Probe.press(scene, confirm);
            verify(!viewModel.busy);
            viewModel.cancelTurnOff();
            tryVerify(() => !viewModel.askingToTurnOff);
            tryVerify(() => item("callout.wait").visible);
            verify(waits(item("btn.turnOff")));
            item("btn.turnOff").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            verify(!viewModel.askingToTurnOff);
        }

        function test_turningOnWaitsWithTheServer_data() {
            return [
                {
                    tag: "email", component: email, path: "POST /api/two-factor/send-email",
                    entered: "", buttons: ["btn.sendEmail"]
                },
                {
                    tag: "authenticator", component: authenticator,
                    path: "PUT /api/two-factor/authenticator", entered: "123456",
                    buttons: ["btn.turnOn"]
                },
                {
                    tag: "passkey", component: passkey,
                    path: "POST /api/two-factor/get-webauthn-challenge", entered: "",
                    buttons: ["btn.readKey"]
                }
            ];
        }

        function test_turningOnWaitsWithTheServer(data) {
            const viewModel = open(data.component, data.tag, []);
            const [method, path] = data.path.split(" ");
            verify(Managed.setFault(path, "rate-limit", {method, seconds: 60, times: 1}));
            if (data.tag === "passkey") {
                // It is asked what to sign without further ado.
                Managed.plugIn("Desk key", "2468");
            } else {
                type(data.entered);
                keyClick(Qt.Key_Return);
            }
            tryVerify(() => item("callout.wait").visible);
            verify(!item("banner.error").visible);
            for (const name of data.buttons)
                verify(waits(item(name)), name);
            const asked = Managed.asked(data.path);
            verify(asked > 0);
            keyClick(Qt.Key_Return);
            mouseClick(item(data.buttons[0]));
            verify(!viewModel.busy);
            compare(Managed.asked(data.path), asked);
            verify(test.dialog.visible);
        }

        function test_duoThatHasToWaitKeepsWhatIsEntered() {
            const viewModel = open(duo, "duo", []);
            tryVerify(() => item("field.clientId").activeFocus);
            verify(Managed.setFault("/api/two-factor/duo", "rate-limit",
                                    {seconds: 60, times: 1}));
            const secret = "0123456789abcdefghijABCDEFGHIJ9876543210";
            type("DISPAREKEYEXAMPLE001");
            keyClick(Qt.Key_Return);
            type(secret);
            keyClick(Qt.Key_Return);
            type("api-5aae7e57.duosecurity.com");
            keyClick(Qt.Key_Return);
            tryVerify(() => item("callout.wait").visible);
            verify(waits(item("btn.turnOn")));
            tryVerify(() => item("field.clientSecret").activeFocus);
            type(secret);
            keyClick(Qt.Key_Return);
            verify(!viewModel.busy);
            verify(!item("field.clientSecret").empty);
            compare(Managed.asked("PUT /api/two-factor/duo"), 1);
        }

        function test_otherLayoutIsSaidAtTheLine() {
            open(yubicoOtp, "yubicoOtp", []);
            tryVerify(() => item("field.yubiKey.1").activeFocus);
            type("jxexex");
            keyClick(Qt.Key_Return);
            verify(item("field.yubiKey.1").errorText.includes("keyboard layout"));
            verify(item("field.yubiKey.1").activeFocus);
            compare(Probe.descriptionOf(scene, "YubiKey 1, empty"),
                    item("field.yubiKey.1").errorText);
        }

        function test_removesALineByKeyboardAndGoesThere() {
            const viewModel = open(yubicoOtp, "yubicoOtp", [3]);
            verify(item("line.yubiKey.1").taken);
            verify(!viewModel.modified);
            item("btn.remove.1").forceActiveFocus(Qt.TabFocusReason);
            verify(Probe.heard(scene).includes("Remove YubiKey 1"));
            keyClick(Qt.Key_Space);
            verify(!item("line.yubiKey.1").taken);
            verify(item("field.yubiKey.1").activeFocus);
            verify(viewModel.modified);
        }

        function test_nfcBoxFollowsTheMouse() {
            const viewModel = open(yubicoOtp, "yubicoOtp", [3]);
            verify(!item("box.nfc").checked);
            mouseClick(item("box.nfc"));
            verify(viewModel.nfc);
            mouseClick(item("box.nfc"));
            verify(!viewModel.nfc);
            verify(!item("box.nfc").checked);
        }

        function test_enterInTheFormOfDuoGoesToWhatIsMissing() {
            open(duo, "duo", []);
            tryVerify(() => item("field.clientId").activeFocus);
            type("DISPAREKEYEXAMPLE001");
            keyClick(Qt.Key_Return);
            verify(item("field.clientSecret").activeFocus);
            type("0123456789abcdefghijABCDEFGHIJ9876543210");
            keyClick(Qt.Key_Return);
            verify(item("field.host").activeFocus);
            verify(!item("field.clientSecret").empty);
            verify(!Probe.heard(scene).includes("abcdefghij"));
            type("api-5aae7e57.duosecurity.com");
            keyClick(Qt.Key_Return);
            verify(item("field.clientSecret").empty);
            tryVerify(() => !test.dialog.visible);
            compare(Managed.asked("PUT /api/two-factor/duo"), 1);
        }

        function test_enterKeepsAMethodOn() {
            const viewModel = open(duo, "duo", [2]);
            item("btn.turnOff").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Return);
            tryVerify(() => viewModel.askingToTurnOff);
            tryVerify(() => scene.Window.activeFocusItem.objectName === "btn.keep");
            keyClick(Qt.Key_Return);
            tryVerify(() => !viewModel.askingToTurnOff);
            verify(viewModel.on);
            compare(Managed.asked("DELETE /api/two-factor/duo"), 0);
        }

        function test_severalKeysAreTurnedOffAfterATickOnly() {
            const viewModel = open(passkey, "passkey", [7]);
            viewModel.askToTurnOff();
            tryVerify(() => Probe.heard(scene).includes("Turn off Passkey?"));
            verify(Probe.heard(scene).includes("Blue key"));
            Probe.press(scene, "Turn off Passkey");
            verify(!viewModel.busy);
            compare(Probe.descriptionOf(scene, "Turn off Passkey"), "Select the box above to continue.");
            verify(Probe.toggle(scene, "I have another way to sign in"));
            Probe.press(scene, "Turn off Passkey");
            tryVerify(() => !test.dialog.visible);
            compare(Managed.asked("DELETE /api/two-factor/webauthn/all"), 1);
        }

        function test_enterKeepsAPasskeyAndDeleteAsks() {
            const viewModel = open(passkey, "passkey", [7]);
            item("btn.removeKey.1").forceActiveFocus(Qt.TabFocusReason);
            verify(Probe.heard(scene).includes("Remove Desk key"));
            keyClick(Qt.Key_Delete);
            tryVerify(() => viewModel.askingToRemove);
            compare(viewModel.keyToRemove, "Desk key");
            tryVerify(() => scene.Window.activeFocusItem.objectName === "btn.keepKey");
            keyClick(Qt.Key_Return);
            tryVerify(() => !viewModel.askingToRemove);
            compare(viewModel.keys.count, 2);
        }

        function test_aPasskeyIsAddedByKeyboardAlone() {
            const viewModel = open(passkey, "passkey", []);
            // With the empty list left out, and the one key that there is asked at once.
            tryVerify(() => item("field.keyName").activeFocus);
            type("Blue");
            Managed.plugIn("Desk key", "2468");
            tryVerify(() => item("field.pin").activeFocus);
            compare(viewModel.newKey.name, "Blue");
            verify(Probe.heard(scene).includes("Enter the PIN of the key"));
            type("2468");
            verify(!Probe.heard(scene).includes("2468"));
            keyClick(Qt.Key_Return);
            // The touch registers it.
            tryCompare(viewModel.newKey, "step", NewPasskeyViewModel.Saved);
            compare(viewModel.keyNames, ["Blue"]);
            tryVerify(() => scene.Window.activeFocusItem.text === "Test the key");
            keyClick(Qt.Key_Return);
            tryVerify(() => viewModel.newKey.testText !== "");
            verify(!viewModel.newKey.testFailed);
            Probe.press(scene, "Done");
            tryVerify(() => !test.dialog.visible);
            compare(Managed.asked("PUT /api/two-factor/webauthn"), 1);
        }

        function test_escStopsTheKeyFirstThenTheForm() {
            const viewModel = open(passkey, "passkey", [7]);
            Managed.plugIn("Desk key", "2468");
            Probe.press(scene, "Add security key");
            tryVerify(() => item("field.pin").activeFocus);
            keyClick(Qt.Key_Escape);
            tryCompare(viewModel.newKey, "step", NewPasskeyViewModel.Describing);
            verify(test.dialog.visible);
            keyClick(Qt.Key_Escape);
            tryCompare(viewModel.newKey, "step", NewPasskeyViewModel.Closed);
            verify(test.dialog.visible);
            tryVerify(() => scene.Window.activeFocusItem.text === "Add security key");
            keyClick(Qt.Key_Escape);
            tryVerify(() => !test.dialog.visible);
            compare(Managed.asked("PUT /api/two-factor/webauthn"), 0);
        }

        function test_serverNotSetUpForYubicoLeavesNothingToType() {
            verify(Managed.start([]));
            verify(Managed.changeServer({generation: "classic", yubicoCredentials: false}));
            const provider = Managed.page.yubicoOtp;
            test.dialog = yubicoOtp.createObject(scene, {viewModel: provider});
            verify(Managed.page.manage(3));
            tryVerify(() => scene.Window.activeFocusItem.objectName === "input.password"
                            || Probe.heard(scene).includes("Enter your master password to change"));
            Managed.typePassword(provider);
            tryVerify(() => provider.verification.refusedForGood);
            verify(Probe.heard(scene).includes("This server is not set up for Yubico codes. Ask its administrator."));
            verify(!Probe.heard(scene).includes("Enter your master password"));
            tryVerify(() => scene.Window.activeFocusItem.text === "Close");
            keyClick(Qt.Key_Return);
            tryVerify(() => provider.stage === ProviderViewModel.Closed);
        }

        function test_oneConfirmationTurnsAMethodOff() {
            verify(Managed.start([1, 2]));
            const provider = Managed.page.duo;
            test.dialog = duo.createObject(scene, {viewModel: provider});
            Managed.page.turnOff(2);
            tryVerify(() => Probe.heard(scene).includes("Turn off Duo?"));
            verify(Probe.heard(scene).includes("Only email will be left."));
            verify(!test.dialog.visible);
            Managed.typePassword(provider);
            tryVerify(() => provider.stage === ProviderViewModel.Closed);
            compare(Managed.asked("DELETE /api/two-factor/duo"), 1);
        }

        function test_severalKeysAreNamedBeforeTheOneConfirmationTurnsThemOff() {
            verify(Managed.start([1, 7]));
            const provider = Managed.page.passkey;
            test.dialog = passkey.createObject(scene, {viewModel: provider});
            Managed.page.turnOff(7);
            tryVerify(() => Probe.heard(scene).includes("Turn off Passkey?"));
            Managed.typePassword(provider);
            tryVerify(() => Probe.heard(scene).includes("Blue key"));
            verify(!test.dialog.visible);
            verify(!provider.busy);
            keyClick(Qt.Key_Escape);
            tryVerify(() => provider.stage === ProviderViewModel.Closed);
            compare(Managed.asked("DELETE /api/two-factor/webauthn/all"), 0);
        }
    }
}
