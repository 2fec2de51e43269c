// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A placeholder for text that is still loading.
Rectangle {
    implicitWidth: 120
    implicitHeight: 12
    radius: height / 2
    color: Theme.color.pressed
}
