// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// A thin line between the parts of a card.
Rectangle {
    implicitHeight: 1
    color: Theme.color.borderLight
    Layout.fillWidth: true
}
