// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The file that the codes came from is still there: what deleting it does.
ColumnLayout {
    id: note

    required property string path
    required property string saved

    spacing: Theme.space3

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.plainFileSaved"
        text: note.saved
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.plainFile"
        color: Theme.color.heading
        wrapMode: Text.WrapAnywhere
        text: note.path
    }

    BodyText {
        Layout.fillWidth: true
        text: qsTr("Deleting removes it from its folder. Backups, cloud folders and some disks may keep the content. If others could have read the file, make new codes with the service.")
    }
}
