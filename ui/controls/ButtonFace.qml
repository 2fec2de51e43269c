// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The content of a push button. While busy, a spinner replaces it and the width stays the same.
Item {
    id: face

    property string text: ""
    property font font
    property string iconName: ""
    property bool menuIndicator: false
    property bool busy: false
    property color color

    implicitWidth: label.implicitWidth
    implicitHeight: label.implicitHeight

    Row {
        id: label

        anchors.centerIn: parent
        spacing: Theme.space2
        opacity: spinner.showing ? 0 : 1

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: face.iconName !== ""
            name: face.iconName
            size: 18
            color: face.color
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: face.text
            font: face.font
            color: face.color
            textFormat: Text.PlainText
            Accessible.ignored: true
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: face.menuIndicator
            name: "chevron-down"
            size: 16
            color: face.color
        }
    }

    Spinner {
        id: spinner

        anchors.centerIn: parent
        running: face.busy
        delay: 75
        color: face.color
    }
}
