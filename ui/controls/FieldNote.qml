// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The line under a field: an error or, if there is none, a hint. Screen readers announce errors
// as they appear.
RowLayout {
    id: note

    property string errorText: ""
    property string hint: ""
    readonly property bool wrong: errorText !== ""

    spacing: 6
    visible: wrong || hint !== ""

    Icon {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 1
        visible: note.wrong
        name: "danger"
        size: 16
        color: Theme.color.danger
    }

    Text {
        Layout.fillWidth: true
        text: note.wrong ? note.errorText : note.hint
        color: note.wrong ? Theme.color.danger : Theme.color.subtle
        font.family: Theme.sans
        font.pixelSize: Theme.small
        lineHeight: 1.2
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
        Accessible.role: note.wrong ? Accessible.AlertMessage : Accessible.StaticText
        Accessible.name: text
        Accessible.ignored: text === ""
    }
}
