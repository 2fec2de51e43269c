// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick.Controls.Basic

ApplicationWindow {
    width: 1100
    height: 760
    visible: true
    title: "Empty"
}
