// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The sign-in form, and the pages and dialogs that can follow it.
FocusScope {
    id: page

    required property SignInViewModel viewModel
    // As in OtherAccounts.
    property var otherAccounts: []
    property bool canGoBack: false

    readonly property bool working: viewModel.step === SignInViewModel.Working
    readonly property bool asksForMore: viewModel.step === SignInViewModel.SecondStep
    // The API key dialog is open. It shows errors itself.
    property bool asksForApiKey: false

    signal accountChosen(string key)
    signal backRequested

    function submit() {
        if (!page.working && page.viewModel.waitSeconds === 0)
            page.viewModel.submit(password.entry);
    }

    objectName: "page.signIn"
    focus: true

    Component.onCompleted: {
        password.fill(page.viewModel.takePrefilledPassword());
        const first = page.viewModel.email === "" ? email : password;
        first.forceActiveFocus(Qt.OtherFocusReason);
    }

    Connections {
        target: page.viewModel

        function onPasswordWanted() {
            password.forceActiveFocus(Qt.OtherFocusReason);
        }
    }

    CenteredCard {
        anchors.fill: parent

        // The form
        ColumnLayout {
            Layout.fillWidth: true
            visible: !page.asksForMore
            spacing: Theme.space4

            Heading {
                Layout.fillWidth: true
                level: 2
                Layout.bottomMargin: Theme.space2
                font.pixelSize: Theme.cardTitle
                text: qsTr("Sign in to your account")
            }

            OnDemand {
                Layout.fillWidth: true
                needed: page.viewModel.errorPlace === SignInViewModel.Server
                        && page.viewModel.errorText !== "" && !page.asksForApiKey

                Callout {
                    objectName: "banner.server"
                    kind: Callout.Danger
                    alert: true
                    text: page.viewModel.errorText

                    AppButton {
                        objectName: "btn.retry"
                        visible: page.viewModel.canRetry
                        compact: true
                        iconName: "refresh"
                        text: qsTr("Retry")
                        onActivated: page.viewModel.retry()
                    }
                }
            }

            AppTextField {
                id: email

                Layout.fillWidth: true
                objectName: "field.email"
                label: qsTr("Email address")
                text: page.viewModel.email
                readOnly: page.working
                inputMethodHints: Qt.ImhEmailCharactersOnly | Qt.ImhNoAutoUppercase
                errorText: page.viewModel.errorPlace === SignInViewModel.Email
                           ? page.viewModel.errorText : ""
                onEdited: text => page.viewModel.email = text
                onAccepted: password.forceActiveFocus(Qt.TabFocusReason)
            }

            PasswordField {
                id: password

                Layout.fillWidth: true
                objectName: "field.password"
                readOnly: page.working
                errorText: page.viewModel.errorPlace === SignInViewModel.Password
                           ? page.viewModel.errorText : ""
                onAccepted: page.submit()
            }

            OnDemand {
                Layout.fillWidth: true
                needed: page.viewModel.suggestsOtherServer

                Callout {
                    objectName: "hint.otherServer"
                    alert: true
                    text: qsTr("Is it the right server? US and EU accounts are separate. If you sign in with single sign-on (SSO) and have no master password, Sparekey can’t sign you in: use the web vault. If you have lost your second step, ask the administrator of your organization.")
                }
            }

            AppCheckBox {
                Layout.fillWidth: true
                objectName: "check.rememberEmail"
                text: qsTr("Remember email")
                checked: page.viewModel.rememberEmail
                onToggled: page.viewModel.rememberEmail = checked
            }

            OnDemand {
                Layout.fillWidth: true
                Layout.topMargin: -Theme.space2
                needed: page.viewModel.rememberEmail

                StaySignedInBox {
                    viewModel: page.viewModel
                }
            }

            OnDemand {
                Layout.fillWidth: true
                needed: page.viewModel.waitSeconds > 0

                WaitNote {
                    seconds: page.viewModel.waitSeconds
                }
            }

            RowLayout {
                Layout.fillWidth: true
                Layout.topMargin: Theme.space1
                spacing: Theme.space2

                AppButton {
                    Layout.fillWidth: true
                    implicitHeight: 44
                    objectName: "btn.logIn"
                    kind: AppButton.Primary
                    text: qsTr("Sign in")
                    busy: page.working
                    enabled: page.viewModel.waitSeconds === 0
                    onActivated: page.submit()
                }

                OnDemand {
                    needed: page.working

                    AppButton {
                        objectName: "btn.cancel"
                        implicitHeight: 44
                        text: qsTr("Cancel")
                        onActivated: page.viewModel.cancel()
                    }
                }
            }

            OnDemand {
                Layout.fillWidth: true
                needed: page.viewModel.recovering

                Callout {
                    objectName: "txt.recovering"
                    kind: Callout.Info
                    text: qsTr("Sign in with your email and master password. Then enter your recovery code in place of the second step.")
                }
            }

            AppButton {
                Layout.alignment: Qt.AlignHCenter
                Layout.topMargin: -Theme.space1
                objectName: "btn.lostSecondStep"
                visible: !page.viewModel.recovering
                kind: AppButton.Link
                compact: true
                text: qsTr("Lost your phone or security key?")
                enabled: !page.working
                onActivated: {
                    page.viewModel.recovering = true;
                    password.forceActiveFocus(Qt.OtherFocusReason);
                }
            }

            AppButton {
                Layout.alignment: Qt.AlignHCenter
                Layout.topMargin: -Theme.space3
                Layout.bottomMargin: -Theme.space3
                objectName: "btn.apiKey"
                kind: AppButton.Link
                compact: true
                text: qsTr("More ways to sign in…")
                description: qsTr("With a personal API key, for accounts without a master password")
                enabled: !page.working
                onActivated: (apiKey.load() as ApiKeyDialog).open()
            }
        }

        // What the server asks for besides the password
        Loader {
            id: more

            Layout.fillWidth: true
            // Shows one page at a time and creates each again, so that no entry outlives its page.
            function show() {
                const shown = page.viewModel.steps.page;
                if (!page.asksForMore)
                    more.source = "";
                else if (shown === SignInStepsViewModel.NewDevice)
                    more.setSource("NewDevicePage.qml", { signIn: page.viewModel });
                else if (shown === SignInStepsViewModel.RecoveryCode)
                    more.setSource("RecoverySignInPage.qml", { signIn: page.viewModel });
                else
                    more.setSource("SecondStepPage.qml", { signIn: page.viewModel });
            }

            readonly property int shown: page.asksForMore ? page.viewModel.steps.page : -1

            visible: page.asksForMore
            focus: page.asksForMore
            onShownChanged: show()
            Component.onCompleted: show()
            onVisibleChanged: if (!visible) password.forceActiveFocus(Qt.OtherFocusReason)
        }

        below: [
            RowLayout {
                Layout.alignment: Qt.AlignHCenter
                Layout.fillWidth: false
                visible: !page.asksForMore
                spacing: 2

                Icon {
                    name: "server"
                    size: 18
                    color: Theme.color.subtle
                }

                BodyText {
                    Layout.leftMargin: Theme.space1
                    text: qsTr("Server:")
                    // The accessible name of the button says it as well.
                    Accessible.ignored: true
                    wrapMode: Text.NoWrap
                    subtle: true
                }

                AppButton {
                    id: server

                    objectName: "btn.server"
                    kind: AppButton.Link
                    compact: true
                    menuIndicator: true
                    text: page.viewModel.server.title
                    enabled: !page.working
                    Accessible.name: qsTr("Server: %1").arg(page.viewModel.server.title)
                    Accessible.description: qsTr("Opens a menu")
                    onActivated: (servers.load() as AppMenu).popup(server, 0, server.height + 4)

                    OnDemand {
                        id: servers

                        AppMenu {
                            label: qsTr("Server")

                            AppMenuItem {
                                objectName: "menu.server.us"
                                checkable: true
                                text: "bitwarden.com"
                                note: qsTr("United States")
                                checked: page.viewModel.server.kind === ServerPickerViewModel.UnitedStates
                                onTriggered: page.viewModel.server.selectCloud(
                                                 ServerPickerViewModel.UnitedStates)
                            }

                            AppMenuItem {
                                objectName: "menu.server.eu"
                                checkable: true
                                text: "bitwarden.eu"
                                note: qsTr("European Union")
                                checked: page.viewModel.server.kind === ServerPickerViewModel.EuropeanUnion
                                onTriggered: page.viewModel.server.selectCloud(
                                                 ServerPickerViewModel.EuropeanUnion)
                            }

                            AppMenuSeparator {}

                            AppMenuItem {
                                objectName: "menu.server.selfHosted"
                                checkable: true
                                text: qsTr("Self-hosted…")
                                note: qsTr("Your own Bitwarden or Vaultwarden server")
                                checked: page.viewModel.server.kind === ServerPickerViewModel.SelfHosted
                                onTriggered: (selfHosted.load() as SelfHostedDialog).open()
                            }
                        }
                    }
                }
            },
            BodyText {
                Layout.fillWidth: true
                objectName: "txt.software"
                visible: text !== "" && !page.asksForMore
                horizontalAlignment: Text.AlignHCenter
                subtle: true
                font.pixelSize: Theme.small
                text: page.viewModel.server.softwareText
            },
            BodyText {
                Layout.fillWidth: true
                objectName: "txt.hostForms"
                visible: text !== "" && !page.asksForMore
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.small
                text: page.viewModel.server.titleForms
            },
            OnDemand {
                Layout.alignment: Qt.AlignHCenter
                needed: page.otherAccounts.length > 0 && !page.asksForMore

                OtherAccounts {
                    accounts: page.otherAccounts
                    canGoBack: page.canGoBack
                    onAccountChosen: key => page.accountChosen(key)
                    onBackRequested: page.backRequested()
                }
            }
        ]
    }

    OnDemand {
        id: apiKey

        ApiKeyDialog {
            viewModel: page.viewModel
            onVisibleChanged: page.asksForApiKey = visible
        }
    }

    OnDemand {
        id: selfHosted

        SelfHostedDialog {
            viewModel: page.viewModel.server
        }
    }

    OnDemand {
        needed: page.viewModel.step === SignInViewModel.ConfirmWeakKdf

        WeakKdfDialog {
            viewModel: page.viewModel
        }
    }
}
