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
            text: qsTr("Require Duo for every member of %1. Members’ recovery codes don’t bypass it.").arg(page.viewModel.name)
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
            implicitHeight: rows.height

            Accessible.role: Accessible.List
            Accessible.name: qsTr("Providers")

            Column {
                id: rows

                width: parent.width

                Repeater {
                    model: page.viewModel.providers

                    ProviderRow {
                        width: rows.width
                        loading: false
                        onManage: page.viewModel.manage()
                        onTurnOff: page.viewModel.turnOff()
                    }
                }
            }
        }
    }

    OnDemand {
        needed: page.viewModel.duo.stage !== ProviderViewModel.Closed

        DuoDialog {
            viewModel: page.viewModel.duo
            organization: page.viewModel.name
        }
    }
}
