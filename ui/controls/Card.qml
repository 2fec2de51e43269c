// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

Rectangle {
    radius: Theme.radiusLarge
    color: Theme.color.surface
    border.width: 1
    border.color: Theme.color.border
}
