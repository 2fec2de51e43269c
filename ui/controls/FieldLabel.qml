// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// The words above a field. The field itself carries them as its accessible name.
Text {
    color: Theme.color.heading
    font.family: Theme.sans
    font.pixelSize: Theme.note
    font.weight: Font.DemiBold
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.ignored: true
}
