// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Two-step login of an organization: its Duo, for all members.
FocusScope {
    id: page

    required property OrganizationViewModel viewModel

    readonly property string waitText: WaitTexts.blocked(viewModel.waitSeconds)

    objectName: "page.organization"

    Accessible.role: Accessible.Pane
    Accessible.name: page.viewModel.name

    Component.onCompleted: page.viewModel.refresh()

    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        enabled: page.visible
        onActivated: page.viewModel.refresh()
    }

    ScrollArea {
        anchors.fill: parent
        focus: true
        sideMargin: page.width < 520 ? Theme.space4 : Theme.space6
        maximumColumnWidth: Theme.contentWidth
        spacing: 0

        Heading {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6 - 4
            objectName: "h1.organization"
            level: 1
            text: page.viewModel.enforces ? qsTr("Two-step login enforcement")
                                          : qsTr("Two-step login")
        }

        BodyText {
            Layout.fillWidth: true
            Layout.topMargin: 6
            subtle: true
            text: qsTr("Ask all members of %1 for Duo when they sign in. Their own recovery codes do not lift it.").arg(page.viewModel.name)
            textFormat: Text.PlainText
        }

        Callout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space5
            objectName: "banner.organization"
            visible: page.viewModel.problemText !== ""
            kind: Callout.Info
            alert: true
            text: page.viewModel.problemText

            AppButton {
                objectName: "btn.retryOrganization"
                compact: true
                iconName: "refresh"
                text: qsTr("Retry")
                busy: page.viewModel.loading
                blockedReason: page.waitText
                onActivated: page.viewModel.refresh()
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.wait"
                visible: text !== ""
                text: page.waitText
                font.pixelSize: Theme.note
            }
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space6
            Layout.bottomMargin: Theme.space3
            spacing: Theme.space3

            Heading {
                level: 2
                text: qsTr("Providers")
            }

            Spinner {
                running: page.viewModel.loading
                size: 18
            }

            Item {
                Layout.fillWidth: true
            }
        }

        Card {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.space7
            implicitHeight: row.implicitHeight

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Providers")

            ProviderRow {
                id: row

                width: parent.width
                height: implicitHeight
                index: 0
                type: 6
                key: "duo"
                name: page.viewModel.duo.name
                description: qsTr("Members confirm with Duo: a push to their phone, or a code.")
                premium: false
                providerState: page.viewModel.state
                stateText: page.viewModel.stateText
                accessibleName: qsTr("%1, %2").arg(name).arg(stateText)
                manageEnabled: manageReason === ""
                manageReason: providerState === ProviderListModel.On ? "" : note
                note: page.viewModel.missingText
                lapsed: false
                loading: false
                onManage: page.viewModel.manage()
            }
        }
    }

    OnDemand {
        needed: page.viewModel.duo.stage !== ProviderViewModel.Closed

        DuoDialog {
            viewModel: page.viewModel.duo
        }
    }

    OnDemand {
        needed: page.viewModel.duo.stage !== ProviderViewModel.Closed

        VerificationDialog {
            objectName: "dlg.verify.organizationDuo"
            subject: page.viewModel.duo.name
            again: page.viewModel.duo.stage === ProviderViewModel.VerifyingAgain
            reason: again
                    ? qsTr("Some time has passed. Type your master password again to go on; what you entered is kept.")
                    : qsTr("Type your master password to change these settings.")
            viewModel: page.viewModel.duo.verification
            visible: page.viewModel.duo.stage === ProviderViewModel.Verifying || again
        }
    }
}
