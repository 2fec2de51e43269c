// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

Column {
    width: 400

    AppTextField {
        width: parent.width
        label: "First"
    }

    AppTextField {
        width: parent.width
        label: "Second"
    }

    PasswordField {
        width: parent.width
    }
}
