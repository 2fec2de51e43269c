// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One preference: title and note, with the control beside them (below in a narrow window).
GridLayout {
    id: line

    required property string title
    required property string note
    // Without a control.
    property bool bare: false
    default property alias control: slot.data

    Layout.fillWidth: true
    columns: width < 560 || bare ? 1 : 2
    columnSpacing: Theme.space5
    rowSpacing: Theme.space3

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 3

        Heading {
            Layout.fillWidth: true
            level: 3
            text: line.title
        }

        BodyText {
            Layout.fillWidth: true
            subtle: true
            font.pixelSize: Theme.note
            text: line.note
        }
    }

    Item {
        id: slot

        visible: !line.bare
        implicitWidth: childrenRect.width
        implicitHeight: childrenRect.height
    }
}
