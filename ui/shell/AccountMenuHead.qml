// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// Shows who is signed in, at the top of the account menu. It cannot be chosen.
T.MenuItem {
    id: head

    required property string email
    required property string displayName
    required property string server

    implicitWidth: implicitContentWidth
    implicitHeight: implicitContentHeight + 8
    enabled: false
    text: head.email

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%1 on %2").arg(head.email).arg(head.server)

    contentItem: Column {
        leftPadding: 10
        rightPadding: 10
        topPadding: 6
        spacing: 2

        Text {
            text: head.displayName
            visible: head.displayName !== head.email
            color: Theme.color.heading
            font.family: Theme.sans
            font.pixelSize: Theme.text
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
        }

        Text {
            text: head.email
            color: Theme.color.body
            font.family: Theme.sans
            font.pixelSize: Theme.note
            textFormat: Text.PlainText
        }

        Text {
            text: head.server
            color: Theme.color.subtle
            font.family: Theme.sans
            font.pixelSize: Theme.small
            textFormat: Text.PlainText
        }
    }
}
