// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The label above a field. Ignored here, because the field has it as its accessible name.
Text {
    color: Theme.color.heading
    font.family: Theme.sans
    font.pixelSize: Theme.note
    font.weight: Font.DemiBold
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.ignored: true
}
