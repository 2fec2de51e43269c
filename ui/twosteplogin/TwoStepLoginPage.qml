// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Two-step login: the recovery code, and the five providers.
FocusScope {
    id: page

    required property TwoStepLoginViewModel viewModel

    readonly property bool loading: viewModel.loadState === TwoStepLoginViewModel.Loading
    readonly property bool refreshing: viewModel.loadState === TwoStepLoginViewModel.Refreshing
    readonly property bool expired: viewModel.loadState === TwoStepLoginViewModel.SessionExpired
    readonly property bool offline: viewModel.loadState === TwoStepLoginViewModel.Offline
    readonly property bool troubled: viewModel.loadState === TwoStepLoginViewModel.ServerProblem

    readonly property string waitText: WaitTexts.blocked(viewModel.waitSeconds)

    signal signInRequested
    signal noted(string message)

    // Moves the focus to the button of the banner, if the focus is within the page.
    function offerWayOut() {
        if (banner.visible && page.activeFocus)
            wayOut.start();
    }

    function goToProvider(index: int) {
        const row = Math.max(0, Math.min(list.count - 1, index));
        (list.itemAt(row) as ProviderRow).takeFocus();
    }

    // Runs after the banner is laid out.
    Timer {
        id: wayOut

        interval: 0
        onTriggered: (page.expired ? signIn : retry).forceActiveFocus(Qt.OtherFocusReason)
    }

    onExpiredChanged: page.offerWayOut()

    Binding {
        target: page.viewModel
        property: "inFront"
        value: page.visible && page.Window.active
    }

    // The window was locked or shows another account. The account may be destroyed before its page.
    Component.onDestruction: if (page.viewModel) page.viewModel.inFront = false

    objectName: "page.twoStep"

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Two-step login")

    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        enabled: page.visible
        onActivated: page.viewModel.refresh()
    }

    // Read by screen readers, not shown.
    Item {
        objectName: "announcement"
        Accessible.role: Accessible.AlertMessage
        Accessible.name: page.viewModel.announcement
        Accessible.ignored: page.viewModel.announcement === ""
    }

    ScrollArea {
        id: area

        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: 0

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6 - 4
            objectName: "h1.twoStep"
            level: 1
            text: qsTr("Two-step login")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            objectName: "txt.desc"
            subtle: true
            text: qsTr("Require a second step when signing in.")
        }

        Callout {
            id: banner

            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            objectName: "banner.state"
            visible: page.offline || page.troubled || page.expired
            kind: page.expired ? Callout.Warning : page.offline ? Callout.Info : Callout.Danger
            alert: true
            title: page.viewModel.bannerTitle
            text: page.viewModel.bannerText

            onVisibleChanged: page.offerWayOut()

            RowLayout {
                Layout.fillWidth: true
                Layout.topMargin: 2
                spacing: Theme.space3

                AppButton {
                    id: retry

                    objectName: "btn.retry"
                    visible: !page.expired
                    compact: true
                    iconName: "refresh"
                    text: qsTr("Retry")
                    blockedReason: page.waitText
                    onActivated: page.viewModel.refresh()
                }

                AppButton {
                    id: signIn

                    objectName: "btn.signIn"
                    visible: page.expired
                    compact: true
                    kind: AppButton.Warning
                    text: qsTr("Sign in")
                    onActivated: page.signInRequested()
                }

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.wait"
                    text: page.expired ? "" : page.waitText
                    font.pixelSize: Theme.note
                }
            }
        }

        RecoveryCallout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            viewModel: page.viewModel
            expired: page.expired
            onMethodWanted: page.goToProvider(0)
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            Layout.bottomMargin: Theme.space3
            spacing: Theme.space3

            Heading {
                objectName: "h2.providers"
                level: 2
                text: qsTr("Providers")
            }

            Spinner {
                running: page.loading || page.refreshing
                size: 18
            }

            Item {
                Layout.fillWidth: true
            }

            BodyText {
                objectName: "txt.asOf"
                visible: page.viewModel.asOfText !== ""
                subtle: true
                font.pixelSize: Theme.note
                text: page.viewModel.asOfText
            }
        }

        Callout {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space3
            objectName: "callout.policy"
            visible: page.viewModel.lastMethodRequired
            kind: Callout.Warning
            text: qsTr("Your organization requires two-step login. If you turn off your last method, you may lose access to it.")
        }

        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space7
            objectName: "list.providers"
            implicitHeight: rows.height

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Providers")

            Column {
                id: rows

                width: parent.width

                Repeater {
                    id: list

                    model: page.viewModel.providers

                    ProviderRow {
                        width: rows.width
                        loading: page.loading
                        onManage: page.viewModel.manage(type)
                        onTurnOff: page.viewModel.turnOff(type)
                        onStep: (from, distance) => page.goToProvider(from + distance)
                    }
                }
            }
        }
    }

    Connections {
        target: page.viewModel

        function onNoted(message: string) {
            page.noted(message);
        }
    }

    OnDemand {
        needed: page.viewModel.authenticator.stage !== ProviderViewModel.Closed

        AuthenticatorDialog {
            viewModel: page.viewModel.authenticator
        }
    }

    OnDemand {
        needed: page.viewModel.email.stage !== ProviderViewModel.Closed

        EmailDialog {
            viewModel: page.viewModel.email
        }
    }

    OnDemand {
        needed: page.viewModel.duo.stage !== ProviderViewModel.Closed

        DuoDialog {
            viewModel: page.viewModel.duo
        }
    }

    OnDemand {
        needed: page.viewModel.yubicoOtp.stage !== ProviderViewModel.Closed

        YubicoOtpDialog {
            viewModel: page.viewModel.yubicoOtp
        }
    }

    OnDemand {
        needed: page.viewModel.passkey.stage !== ProviderViewModel.Closed

        PasskeyDialog {
            viewModel: page.viewModel.passkey
        }
    }

    OnDemand {
        needed: page.viewModel.recoveryCode.stage !== RecoveryCodeViewModel.Closed

        VerificationDialog {
            objectName: "dlg.verify"
            title: qsTr("Recovery code")
            subtitle: page.viewModel.account
            reason: qsTr("Enter your master password to see the code.")
            viewModel: page.viewModel.recoveryCode.verification
            visible: page.viewModel.recoveryCode.stage === RecoveryCodeViewModel.Verifying
        }
    }

    OnDemand {
        needed: page.viewModel.recoveryCode.stage !== RecoveryCodeViewModel.Closed

        RecoveryCodeDialog {
            objectName: "dlg.recovery"
            viewModel: page.viewModel.recoveryCode
        }
    }
}
