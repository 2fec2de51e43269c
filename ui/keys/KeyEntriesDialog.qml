// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The sign-ins that are stored on a key.
AppDialog {
    id: dialog

    required property KeyEntriesViewModel viewModel
    readonly property bool working: viewModel.prompt.active

    objectName: "dlg.keyEntries"
    title: qsTr("Sign-ins on the key")
    subtitle: viewModel.keyName
    bodyWidth: 600
    visible: viewModel.open
    cancels: working
    focusFollows: true
    firstFocus: (prompt.visible ? prompt : retry.visible ? retry : closeButton) as Item
    onDismissed: viewModel.close()

    Callout {
        Layout.fillWidth: true
        objectName: "banner.keyEntries"
        visible: dialog.viewModel.errorText !== "" && !dialog.viewModel.asking
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText

        AppButton {
            id: retry

            objectName: "btn.retryEntries"
            visible: dialog.viewModel.canRetry
            compact: true
            iconName: "refresh"
            text: qsTr("Try again")
            onActivated: dialog.viewModel.load()
        }
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("Some sites store a sign-in on the key itself. The passkeys of two-step login are not among them: they take up no room, and no key tells which it opens.")
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: dialog.viewModel.prompt
        visible: viewModel.active && !dialog.viewModel.asking
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.noEntries"
        visible: dialog.viewModel.loaded && dialog.viewModel.entries.count === 0
        color: Theme.color.heading
        text: qsTr("No sign-in is stored on this key.")
        Accessible.role: Accessible.AlertMessage
    }

    Card {
        Layout.fillWidth: true
        objectName: "list.keyEntries"
        visible: dialog.viewModel.entries.count > 0
        implicitHeight: rows.implicitHeight

        Accessible.role: Accessible.List
        Accessible.name: dialog.title

        LongList {
            id: rows

            width: parent.width
            area: dialog.scrollArea
            model: dialog.viewModel.entries
            count: dialog.viewModel.entries.count
            delegate: Item {
                id: row

                required property int index
                required property string site
                required property string user

                width: rows.width
                implicitHeight: Math.max(60, line.implicitHeight + 20)

                Accessible.role: Accessible.ListItem
                Accessible.name: qsTr("%1, %2").arg(row.site).arg(row.user)

                Keys.onDeletePressed: if (button.enabled) button.activated()

                Rectangle {
                    visible: row.index > 0
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.leftMargin: Theme.space4
                    anchors.rightMargin: Theme.space4
                    height: 1
                    color: Theme.color.borderLight
                }

                RowLayout {
                    id: line

                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.leftMargin: Theme.space4
                    anchors.rightMargin: Theme.space4
                    spacing: Theme.space3

                    Icon {
                        name: "passkey"
                        size: 22
                        color: Theme.color.subtle
                    }

                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 2

                        BodyText {
                            Layout.fillWidth: true
                            text: row.site
                            color: Theme.color.heading
                            elide: Text.ElideRight
                            maximumLineCount: 2
                        }

                        BodyText {
                            Layout.fillWidth: true
                            subtle: true
                            font.pixelSize: Theme.small
                            text: row.user
                            elide: Text.ElideRight
                            maximumLineCount: 2
                        }
                    }

                    AppButton {
                        id: button

                        objectName: "btn.deleteEntry." + row.index
                        compact: true
                        text: qsTr("Delete")
                        Accessible.name: qsTr("Delete the sign-in for %1, %2").arg(row.site)
                                         .arg(row.user)
                        enabled: !dialog.working
                        onActivated: dialog.viewModel.askToDelete(row.index)
                    }
                }
            }
        }
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.room"
        visible: dialog.viewModel.roomText !== ""
        subtle: true
        font.pixelSize: Theme.small
        text: dialog.viewModel.roomText
    }

    DeleteEntryDialog {
        viewModel: dialog.viewModel
    }

    buttons: [
        AppButton {
            id: closeButton

            objectName: "btn.close"
            visible: !dialog.working
            text: qsTr("Close")
            onActivated: dialog.viewModel.close()
        }
    ]
}
