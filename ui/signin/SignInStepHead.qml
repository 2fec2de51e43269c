// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The head of a sign-in step: an icon, a title, and what to do.
ColumnLayout {
    id: head

    required property string iconName
    required property string title
    required property string text
    property string subtitle: ""

    spacing: Theme.space3

    Rectangle {
        implicitWidth: 52
        implicitHeight: 52
        radius: 26
        color: Theme.color.brandSoft

        Icon {
            anchors.centerIn: parent
            name: head.iconName
            size: 26
            color: Theme.color.brand
        }
    }

    Heading {
        Layout.fillWidth: true
        level: 2
        font.pixelSize: Theme.cardTitle
        text: head.title
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.method"
        visible: head.subtitle !== ""
        text: head.subtitle
        color: Theme.color.heading
        font.weight: Font.DemiBold
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: head.subtitle !== "" ? -Theme.space2 : 0
        objectName: "txt.guidance"
        text: head.text
        Accessible.role: Accessible.AlertMessage
    }
}
