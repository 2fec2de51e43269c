// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

// The pages of methods, of an account and of an organization, with a server behind them.
Item {
    id: scene

    width: 900
    height: 900

    Component {
        id: twoStep

        TwoStepLoginPage {
            anchors.fill: parent
        }
    }

    Component {
        id: organization

        OrganizationPage {
            anchors.fill: parent
        }
    }

    TestCase {
        id: test

        property Item page: null

        name: "TwoStepLoginPage"
        when: windowShown

        function open(methods, generation) {
            verify(Managed.start(methods, generation ?? "token"));
            test.page = twoStep.createObject(scene, {viewModel: Managed.page});
            return Managed.page;
        }

        function cleanup() {
            if (!test.page)
                return;
            test.page.destroy();
            test.page = null;
            wait(0);
        }

        function item(name) {
            const found = findChild(test.page, name);
            verify(found, name);
            return found;
        }

        function test_organizationThatRequiresTheLastMethodIsSaid() {
            const viewModel = open([1]);
            verify(!item("callout.policy").visible);
            Managed.joinEnterprise();
            tryVerify(() => item("callout.policy").visible);
            verify(Probe.heard(scene).includes("Your organization requires two-step login."));
            verify(Managed.changeElsewhere({providers: {"2": true}}));
            viewModel.refresh();
            tryVerify(() => viewModel.loadState === TwoStepLoginViewModel.Loaded);
            verify(!item("callout.policy").visible);
        }

        function test_usedRecoveryCodeIsSaidWithWaysOn() {
            const viewModel = open([]);
            verify(!item("callout.recoveryUsed").visible);
            Managed.recordRecoveryCodeUsed();
            verify(item("callout.recoveryUsed").visible);
            compare(Probe.roleOf(scene, "Your recovery code was used"), Accessible.AlertMessage);
            item("btn.turnProvidersOn").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(scene.Window.activeFocusItem, item("btn.manage.email"));
            item("btn.viewNewCode").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(viewModel.recoveryCode.stage, RecoveryCodeViewModel.Verifying);
            viewModel.recoveryCode.close();
        }

        function test_codeCanBeViewedThoughNothingIsOn() {
            const viewModel = open([]);
            verify(item("callout.nothingOn").visible);
            verify(!item("callout.recovery").visible);
            verify(viewModel.recoveryCodeEnabled);
            item("btn.viewOldCode").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(viewModel.recoveryCode.stage, RecoveryCodeViewModel.Verifying);
            viewModel.recoveryCode.close();
            verify(Managed.changeElsewhere({providers: {"1": true}}));
            viewModel.refresh();
            tryVerify(() => item("callout.recovery").visible);
            verify(!item("callout.nothingOn").visible);
        }

        function test_setUpLeadsToTheAuthenticatorApp() {
            const viewModel = open([]);
            item("btn.setUpAuthenticator").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(viewModel.authenticator.stage, ProviderViewModel.Verifying);
            viewModel.authenticator.close();
        }

        function test_oneCalloutAtATime() {
            const viewModel = open([]);
            const shown = () => ["callout.recoveryUsed", "callout.keepCode", "callout.nothingOn",
                                 "callout.recovery"].filter(name => item(name).visible);
            compare(shown(), ["callout.nothingOn"]);
            Managed.recordRecoveryCodeUsed();
            compare(shown(), ["callout.recoveryUsed"]);
            compare(viewModel.codeSaved, false);
        }

        function test_methodIsTurnedOffFromTheMenuOfItsRow() {
            const viewModel = open([1]);
            verify(item("btn.more.email").visible);
            verify(!item("btn.more.duo").visible);
            item("btn.more.email").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            tryVerify(() => Probe.heard(scene).includes("Turn off Email…"));
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Return);
            tryVerify(() => viewModel.email.onlyTurningOff);
            compare(viewModel.email.stage, ProviderViewModel.Verifying);
            viewModel.email.close();
        }

        function test_methodThatTheServerLacksIsSaidInItsRow() {
            const viewModel = open([1], "classic");
            verify(!findChild(item("row.provider.yubiKey"), "txt.note").visible);
            verify(Managed.changeServer({yubicoCredentials: false}));
            viewModel.refresh();
            const note = "This server doesn’t support this method.";
            tryVerify(() => findChild(item("row.provider.yubiKey"), "txt.note").visible);
            compare(findChild(item("row.provider.yubiKey"), "txt.note").text, note);
            compare(Probe.descriptionOf(scene, "Set up Yubico OTP security key"), note);
            verify(!findChild(item("row.provider.email"), "txt.note").visible);
            item("btn.manage.yubiKey").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(viewModel.yubicoOtp.stage, ProviderViewModel.Closed);
            item("btn.manage.email").forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            compare(viewModel.email.stage, ProviderViewModel.Verifying);
            viewModel.email.close();
        }

        function test_retryWaitsWithTheServer() {
            const viewModel = open([1]);
            verify(Managed.setFault("/api/two-factor", "rate-limit", {seconds: 60, times: 1}));
            viewModel.refresh();
            tryVerify(() => item("banner.state").visible);
            verify(Probe.descriptionOf(scene, "Retry").startsWith("You can continue in "));
            const asked = Managed.asked("GET /api/two-factor");
            verify(Probe.press(scene, "Retry"));
            compare(viewModel.loadState, TwoStepLoginViewModel.ServerProblem);
            compare(Managed.asked("GET /api/two-factor"), asked);
        }

        function test_isInFrontWhileItIsShown() {
            const viewModel = open([]);
            verify(viewModel.inFront);
            test.page.visible = false;
            verify(!viewModel.inFront);
            test.page.visible = true;
            verify(viewModel.inFront);
            cleanup();
            tryVerify(() => !viewModel.inFront);
        }

        function test_organizationWaitsWithTheServer() {
            verify(Managed.start([]));
            verify(Managed.organization);
            verify(Managed.setFault("/api/organizations/*/two-factor", "rate-limit",
                                    {seconds: 60, times: 1}));
            test.page = organization.createObject(scene, {viewModel: Managed.organization});
            tryVerify(() => item("banner.organization").visible);
            verify(item("txt.wait").visible);
            verify(item("txt.wait").text.startsWith("You can continue in "));
            verify(Probe.descriptionOf(scene, "Retry").startsWith("You can continue in "));
            verify(Probe.press(scene, "Retry"));
            verify(!Managed.organization.loading);
        }
    }
}
