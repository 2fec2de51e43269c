// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

Column {
    width: 400
    spacing: 8

    Accessible.role: Accessible.Grouping
    Accessible.name: "Controls"

    AppButton {
        objectName: "Button"
        text: "Button"
    }

    IconButton {
        objectName: "Icon"
        iconName: "copy"
        text: "Icon"
    }

    AppCheckBox {
        objectName: "Check box"
        text: "Check box"
    }

    AppRadioButton {
        objectName: "Radio button"
        text: "Radio button"
    }

    AppSwitch {
        objectName: "Switch"
        text: "Switch"
    }
}
