// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// How many seconds of a period are left.
Item {
    id: item

    property int seconds: 0
    property int period: 30
    // Hardly enough time is left to enter the code.
    readonly property bool hurried: seconds <= 5

    implicitWidth: 40
    implicitHeight: 40

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("%n second(s) until the next code", "", seconds)

    Ring {
        anchors.fill: parent
        anchors.margins: 2
        part: item.seconds / item.period
        color: item.hurried ? Theme.color.warning : Theme.color.brand
        trackColor: Theme.color.border
    }

    Text {
        anchors.centerIn: parent
        text: item.seconds
        color: item.hurried ? Theme.color.warning : Theme.color.body
        font.family: Theme.sans
        font.pixelSize: Theme.small
        font.weight: Font.DemiBold
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
