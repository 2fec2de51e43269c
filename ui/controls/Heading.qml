// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A heading of level 1 (page), 2 (part of a page, dialog) or 3 (row, card).
Text {
    property int level: 2

    color: Theme.color.heading
    font.family: Theme.sans
    font.pixelSize: level === 1 ? Theme.display : level === 2 ? Theme.title : Theme.text
    font.weight: Font.DemiBold
    font.letterSpacing: level === 1 ? -0.4 : level === 2 ? -0.2 : 0
    wrapMode: Text.Wrap
    textFormat: Text.PlainText

    Accessible.role: Accessible.Heading
    Accessible.name: text
    Accessible.ignored: text === ""
}
