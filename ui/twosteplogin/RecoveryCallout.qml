// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// What the page says about the recovery code, and what to do next.
ColumnLayout {
    id: callouts

    required property TwoStepLoginViewModel viewModel
    // The session has ended; the page's banner says so.
    required property bool expired

    signal methodWanted

    spacing: 0

    // Only one of these four is visible at a time.
    Callout {
        id: used

        Layout.fillWidth: true
        objectName: "callout.recoveryUsed"
        visible: callouts.viewModel.recoveryCodeUsed
        kind: Callout.Warning
        alert: true
        title: qsTr("Your recovery code was used")
        text: callouts.viewModel.newCodeComesLater
              ? qsTr("You’re in. All methods are off and your old sheet is void. Set up a method: your server makes the new code then.")
              : qsTr("You’re in. All methods are off and your old sheet is void. Print the new code, then set up a method.")

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 6
            spacing: Theme.space2

            AppButton {
                objectName: "btn.viewNewCode"
                visible: !callouts.viewModel.newCodeComesLater
                kind: AppButton.Primary
                text: qsTr("Print new code")
                blockedReason: callouts.viewModel.recoveryCodeReason
                onActivated: callouts.viewModel.recoveryCode.open()
            }

            AppButton {
                objectName: "btn.turnProvidersOn"
                kind: callouts.viewModel.newCodeComesLater ? AppButton.Primary : AppButton.Secondary
                text: qsTr("Set up a method")
                onActivated: callouts.methodWanted()
            }
        }
    }

    Callout {
        id: reminder

        Layout.fillWidth: true
        objectName: "callout.keepCode"
        visible: callouts.viewModel.remindsOfCode && !used.visible
        kind: Callout.Danger
        title: qsTr("Your recovery code is not kept yet")
        text: qsTr("Two-step login is on. If you lose your phone or security key now, nobody can let you in again.")

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 6
            spacing: Theme.space2

            AppButton {
                objectName: "btn.keepCode"
                kind: AppButton.Primary
                text: qsTr("Print or save it")
                blockedReason: callouts.viewModel.recoveryCodeReason
                onActivated: callouts.viewModel.recoveryCode.open()
            }

            AppButton {
                objectName: "btn.codeIsKept"
                text: qsTr("I saved it another way")
                onActivated: callouts.viewModel.confirmCodeKept()
            }
        }
    }

    Callout {
        id: start

        Layout.fillWidth: true
        objectName: "callout.nothingOn"
        visible: callouts.viewModel.nothingOn && !used.visible && !reminder.visible
        kind: Callout.Info
        title: qsTr("No method is on")
        text: callouts.viewModel.codeSaved
              ? qsTr("Only your password protects this account. Keep your sheet: unless used, its code still works.")
              : qsTr("Only your password protects this account.")

        Flow {
            Layout.fillWidth: true
            Layout.topMargin: 6
            spacing: Theme.space2

            AppButton {
                objectName: "btn.setUpAuthenticator"
                kind: AppButton.Primary
                text: qsTr("Set up authenticator app (recommended)")
                onActivated: callouts.viewModel.manage(0)
            }

            AppButton {
                objectName: "btn.viewOldCode"
                text: qsTr("View recovery code")
                onActivated: callouts.viewModel.recoveryCode.open()
            }
        }
    }

    Callout {
        id: recovery

        Layout.fillWidth: true
        objectName: "callout.recovery"
        visible: !used.visible && !reminder.visible && !start.visible
        kind: callouts.viewModel.codeSaved ? Callout.Info : Callout.Warning
        title: callouts.viewModel.codeSaved ? qsTr("Recovery code") : qsTr("Warning")
        text: callouts.viewModel.codeSaved
              ? qsTr("Lost your phone or security key? This code and your master password let you in. Nobody can replace the code.")
              : qsTr("Lost your phone or security key? This code and your master password let you in. Nobody can replace the code. Print it now.")

        Flow {
            id: choices

            Layout.fillWidth: true
            Layout.topMargin: 6
            spacing: Theme.space4

            AppButton {
                id: view

                objectName: "btn.viewRecoveryCode"
                kind: callouts.viewModel.codeSaved ? AppButton.Secondary : AppButton.Warning
                text: qsTr("View recovery code")
                description: recovery.text
                blockedReason: callouts.viewModel.recoveryCodeReason
                onActivated: callouts.viewModel.recoveryCode.open()
            }

            Row {
                objectName: "chip.codeStatus"
                height: Math.max(view.height, status.height)
                visible: callouts.viewModel.copyStatusText !== ""
                spacing: 6

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: callouts.viewModel.codeSaved ? "check" : "clock"
                    size: 16
                    color: recovery.ink
                }

                BodyText {
                    id: status

                    // One line if there is room; the text may list four copies.
                    width: Math.min(Math.ceil(words.advanceWidth) + 1,
                                    choices.width - 16 - parent.spacing)
                    anchors.verticalCenter: parent.verticalCenter
                    text: callouts.viewModel.copyStatusText
                    font.pixelSize: 14
                    color: recovery.ink
                }

                TextMetrics {
                    id: words

                    text: status.text
                    font: status.font
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            // The banner already says that the session has ended.
            visible: !callouts.viewModel.recoveryCodeEnabled && !callouts.expired
                     && callouts.viewModel.recoveryCodeReason !== ""
            text: callouts.viewModel.recoveryCodeReason
            font.pixelSize: 14
            color: recovery.ink
        }
    }
}
