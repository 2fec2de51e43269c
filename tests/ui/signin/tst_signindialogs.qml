// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

// The dialogs of the sign-in page, with a server behind them.
Item {
    id: scene

    width: 900
    height: 900

    Component {
        id: apiKey

        ApiKeyDialog {}
    }

    Component {
        id: selfHosted

        SelfHostedDialog {}
    }

    TestCase {
        id: test

        property AppDialog dialog: null

        name: "SignInDialogs"
        when: windowShown

        function open(component, viewModel) {
            test.dialog = component.createObject(scene, {viewModel});
            test.dialog.open();
            tryVerify(() => test.dialog.opened);
        }

        function cleanup() {
            if (!test.dialog)
                return;
            test.dialog.close();
            tryVerify(() => !test.dialog.visible);
            test.dialog.destroy();
            test.dialog = null;
        }

        function item(name) {
            const found = findChild(test.dialog.contentItem, name);
            verify(found, name);
            return found;
        }

        function type(text) {
            for (const letter of text)
                keyClick(letter);
        }

        function test_apiKeyStaysUntilItWasTaken() {
            verify(Managed.start([]));
            const signIn = Managed.signIn;
            open(apiKey, signIn);
            tryVerify(() => item("field.clientId").activeFocus);
            item("field.clientId").text = Managed.apiKey().clientId;
            item("field.clientSecret").forceActiveFocus();
            type("wrong");
            keyClick(Qt.Key_Return);
            compare(signIn.step, SignInViewModel.Working);
            tryCompare(signIn, "step", SignInViewModel.Form);
            verify(test.dialog.visible);
            verify(item("banner.apiKey").visible);
            compare(Probe.roleOf(scene, signIn.errorText), Accessible.AlertMessage);
            tryVerify(() => item("field.clientSecret").activeFocus);

            verify(Managed.setFault("/identity/connect/token", "rate-limit",
                                    {seconds: 2, times: 1}));
            type(Managed.apiKey().clientSecret);
            keyClick(Qt.Key_Return);
            tryVerify(() => signIn.waitSeconds > 0);
            verify(test.dialog.visible);
            type(Managed.apiKey().clientSecret);
            keyClick(Qt.Key_Return);
            compare(signIn.step, SignInViewModel.Form);
            verify(!item("field.clientSecret").empty);
            verify(Probe.descriptionOf(scene, "Sign in").startsWith("You can continue in "));
            verify(item("txt.wait").visible);
            tryVerify(() => signIn.waitSeconds === 0);
            keyClick(Qt.Key_Return);
            verify(item("field.clientSecret").empty);
            tryVerify(() => !test.dialog.visible);
        }

        function test_closingTheApiKeyStopsItsTry() {
            verify(Managed.start([]));
            const signIn = Managed.signIn;
            verify(Managed.setFault("/identity/connect/token", "delay", {milliseconds: 5000}));
            open(apiKey, signIn);
            item("field.clientId").text = Managed.apiKey().clientId;
            item("field.clientSecret").forceActiveFocus();
            type("secret");
            keyClick(Qt.Key_Return);
            compare(signIn.step, SignInViewModel.Working);
            verify(Probe.press(scene, "Cancel"));
            tryVerify(() => !test.dialog.visible);
            compare(signIn.step, SignInViewModel.Form);
            compare(signIn.errorText, "");
        }

        function test_serverIsNamedInBothFormsAndSaysWhatItIs() {
            verify(Managed.start([]));
            const server = Managed.signIn.server;
            open(selfHosted, server);
            const own = server.baseUrl;
            verify(!item("txt.hostForms").visible);
            verify(!item("txt.software").visible);
            item("field.baseUrl").text = "https://bücher.example";
            verify(item("txt.hostForms").visible);
            verify(Probe.heard(scene).includes("xn--bcher-kva.example"));
            item("field.baseUrl").text = own;
            verify(!item("txt.hostForms").visible);
            verify(Probe.press(scene, "Connect"));
            tryVerify(() => !test.dialog.visible);
            test.dialog.open();
            tryVerify(() => test.dialog.opened);
            verify(item("txt.software").visible);
            compare(item("txt.software").text, "This server answers as Bitwarden 2026.8.0.");
        }
    }
}
