// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Running text. Screen readers get it as it stands.
Text {
    property bool subtle: false

    // Qt puts what a line is higher than its letters below them, so that a line would stand too
    // high beside an icon or a button. Half of it belongs above.
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
