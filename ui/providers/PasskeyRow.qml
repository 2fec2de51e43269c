// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One registered passkey.
Item {
    id: row

    required property int index
    required property string name
    required property bool migrated
    required property string added
    required property string removeBlockedReason
    required property bool held

    signal remove

    implicitHeight: Math.max(60, line.implicitHeight + 20)

    Accessible.role: Accessible.ListItem
    Accessible.name: row.name
    Accessible.description: row.migrated ? old.text : row.added

    Keys.onDeletePressed: if (button.enabled && !button.blocked) row.remove()

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
                text: row.name
                color: Theme.color.heading
                elide: Text.ElideRight
                maximumLineCount: 2
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.added"
                visible: text !== ""
                subtle: true
                font.pixelSize: Theme.small
                text: row.added
            }

            BodyText {
                id: old

                Layout.fillWidth: true
                visible: row.migrated
                subtle: true
                font.pixelSize: Theme.small
                text: row.migrated ? qsTr("Migrated from FIDO U2F. Some apps can’t use it.") : ""
            }
        }

        AppButton {
            id: button

            objectName: "btn.removeKey." + row.index
            compact: true
            text: qsTr("Remove")
            Accessible.name: qsTr("Remove %1").arg(row.name)
            enabled: !row.held
            blockedReason: row.removeBlockedReason
            onActivated: row.remove()
        }
    }
}
