// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// A library that this computer has opened before.
ColumnLayout {
    id: row

    required property int index
    required property string name
    required property string folder
    required property string openedText
    required property bool gone

    signal openRequested
    signal forgetRequested

    spacing: 2

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1 in %2").arg(row.name).arg(row.folder)

    BodyText {
        Layout.fillWidth: true
        color: Theme.color.heading
        font.weight: Font.DemiBold
        wrapMode: Text.WrapAnywhere
        text: row.name
    }

    BodyText {
        Layout.fillWidth: true
        subtle: true
        font.pixelSize: Theme.note
        wrapMode: Text.WrapAnywhere
        text: row.openedText === "" ? row.folder
                                    : qsTr("%1 · %2").arg(row.folder).arg(row.openedText)
    }

    BodyText {
        Layout.fillWidth: true
        visible: row.gone
        font.pixelSize: Theme.note
        color: Theme.color.warning
        text: qsTr("The file is not there now.")
    }

    Flow {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        spacing: Theme.space2

        AppButton {
            objectName: "btn.openKnown." + row.index
            compact: true
            text: qsTr("Open")
            description: row.name
            onActivated: row.openRequested()
        }

        AppButton {
            objectName: "btn.forgetKnown." + row.index
            compact: true
            text: qsTr("Remove from list")
            description: qsTr("%1 stays where it is.").arg(row.name)
            onActivated: row.forgetRequested()
        }
    }
}
