// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

T.MenuSeparator {
    implicitHeight: 9
    padding: 4
    contentItem: Rectangle {
        implicitHeight: 1
        color: Theme.color.borderLight
    }
}
