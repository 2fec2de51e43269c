// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A word beside a name.
Rectangle {
    id: badge

    property string text: ""
    property string iconName: ""
    property bool positive: false

    readonly property color ink: positive ? Theme.color.successText : Theme.color.infoText

    implicitWidth: row.implicitWidth + 18
    implicitHeight: Math.max(24, Theme.scaled(24))
    radius: 12
    color: positive ? Theme.color.successSoft : Theme.color.brandSoft
    border.width: 1
    border.color: positive ? Theme.color.successBorder : Theme.color.brandSoftBorder

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 5

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: badge.iconName !== ""
            name: badge.iconName
            size: 14
            color: badge.ink
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: badge.text
            color: badge.ink
            font.family: Theme.sans
            font.pixelSize: Theme.small
            font.weight: Font.DemiBold
            textFormat: Text.PlainText
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
