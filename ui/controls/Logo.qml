// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Our sign, as on the program's icon.
Image {
    property int size: 40

    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: "qrc:/app/sparekey.svg"
    Accessible.ignored: true
}
