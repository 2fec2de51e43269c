// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Running text. Screen readers get it as it stands.
Text {
    property bool subtle: false

    color: subtle ? Theme.color.subtle : Theme.color.body
    font.family: Theme.sans
    font.pixelSize: Theme.text
    lineHeight: wrapMode === Text.NoWrap ? 1 : 1.3
    wrapMode: Text.Wrap
    textFormat: Text.PlainText

    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
