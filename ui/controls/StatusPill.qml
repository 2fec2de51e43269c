// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The state of the connection: a sign with a different shape for each state, and a text.
Rectangle {
    id: pill

    enum State {
        Good,
        Waiting,
        Away,
        Trouble,
        Quiet
    }

    property int status: StatusPill.Quiet
    property string text: ""
    property bool wordless: false

    implicitWidth: row.implicitWidth + 22
    implicitHeight: Math.max(30, Theme.scaled(30))
    radius: 15
    color: "transparent"
    border.width: 1
    border.color: Theme.color.border

    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 7

        Item {
            anchors.verticalCenter: parent.verticalCenter
            width: pill.status === StatusPill.Quiet ? 0 : 14
            height: 14

            Rectangle {
                anchors.centerIn: parent
                visible: pill.status === StatusPill.Good || pill.status === StatusPill.Away
                width: 9
                height: 9
                radius: 4.5
                color: pill.status === StatusPill.Good ? Theme.color.success : "transparent"
                border.width: pill.status === StatusPill.Away ? 2 : 0
                border.color: Theme.color.subtle
            }

            Spinner {
                anchors.centerIn: parent
                running: pill.status === StatusPill.Waiting
                size: 14
            }

            Icon {
                anchors.centerIn: parent
                visible: pill.status === StatusPill.Trouble
                name: "warning"
                size: 16
                color: Theme.color.warning
            }
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            visible: !pill.wordless
            text: pill.text
            color: Theme.color.body
            font.family: Theme.sans
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
