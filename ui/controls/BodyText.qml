// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Running text, read by screen readers unchanged.
Text {
    property bool subtle: false

    // Qt adds all extra line height below the letters, so a line looks too high beside an icon or
    // a button. This moves half of it above.
    readonly property int leading: Math.round((lineHeight - 1) * font.pixelSize * 0.6)

    color: subtle ? Theme.color.subtle : Theme.color.body
    font.family: Theme.sans
    font.pixelSize: Theme.text
    lineHeight: wrapMode === Text.NoWrap ? 1 : 1.3
    topPadding: leading
    bottomPadding: -leading
    wrapMode: Text.Wrap
    textFormat: Text.PlainText

    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
