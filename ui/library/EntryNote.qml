// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// What is due for an entry, in words beside a symbol.
Row {
    id: note

    property string text: ""
    property int tone: LibraryListModel.Quiet
    readonly property color ink: {
        switch (note.tone) {
        case LibraryListModel.Good:
            return Theme.color.success;
        case LibraryListModel.Caution:
            return Theme.color.warning;
        case LibraryListModel.Bad:
            return Theme.color.danger;
        }
        return Theme.color.subtle;
    }

    spacing: 5

    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: note.tone === LibraryListModel.Good ? "check-circle"
            : note.tone === LibraryListModel.Bad ? "danger" : "warning"
        size: 15
        color: note.ink
    }

    Text {
        anchors.verticalCenter: parent.verticalCenter
        text: note.text
        color: note.ink
        font.family: Theme.sans
        font.pixelSize: Theme.small
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
