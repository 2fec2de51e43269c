// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// One complete palette. Every color is required, so an incomplete palette does not load.
QtObject {
    // Backgrounds
    required property color page
    required property color surface
    required property color raised
    required property color sunken
    required property color overlay
    required property color hover
    required property color pressed

    // Text
    required property color heading
    required property color body
    required property color subtle
    required property color disabled

    // Brand color
    required property color brand
    required property color brandStrong
    required property color brandInk
    required property color brandSoft
    required property color brandSoftBorder
    required property color infoText

    // States
    required property color success
    required property color successSoft
    required property color successBorder
    required property color successText
    required property color warning
    required property color warningFill
    required property color warningFillStrong
    required property color warningInk
    required property color warningSoft
    required property color warningBorder
    required property color warningText
    required property color danger
    required property color dangerFill
    required property color dangerFillStrong
    required property color dangerInk
    required property color dangerSoft
    required property color dangerBorder
    required property color dangerText

    // Lines
    required property color borderLight
    required property color border
    required property color borderStrong
    required property color focus

    // The side rail
    required property color rail
    required property color railText
    required property color railSubtle
    required property color railHover
    required property color railSelected
    required property color railBar
    required property color railFocus

    // Toasts and tool tips
    required property color toast
    required property color toastInk
}
