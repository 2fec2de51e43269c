// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick

// Named colors, sizes and fonts. No other file sets a literal color or font size.
QtObject {
    id: theme

    property bool dark: false
    readonly property ColorTokens color: theme.dark ? theme.darkColors : theme.lightColors

    readonly property ColorTokens lightColors: ColorTokens {
        page: "#f4f6f7"
        surface: "#ffffff"
        raised: "#ffffff"
        sunken: "#eef2f3"
        overlay: "#66091a1f"
        hover: "#0d0c2a33"
        pressed: "#1a0c2a33"
        heading: "#0f252c"
        body: "#33474f"
        subtle: "#566870"
        disabled: "#788a93"
        brand: "#0b6a6b"
        brandStrong: "#074d4f"
        brandInk: "#ffffff"
        brandSoft: "#e8f4f3"
        brandSoftBorder: "#b6dcd9"
        infoText: "#0a4547"
        success: "#17743a"
        successSoft: "#edf9f0"
        successBorder: "#b9e4c6"
        successText: "#0f4a26"
        warning: "#ac5206"
        warningFill: "#9c4708"
        warningFillStrong: "#7d3806"
        warningInk: "#ffffff"
        warningSoft: "#fff8ea"
        warningBorder: "#f0d7a3"
        warningText: "#573006"
        danger: "#b3261e"
        dangerFill: "#b3261e"
        dangerFillStrong: "#8f1d17"
        dangerInk: "#ffffff"
        dangerSoft: "#fef3f2"
        dangerBorder: "#f6c8c3"
        dangerText: "#74170f"
        borderLight: "#e6ebed"
        border: "#d3dbdf"
        borderStrong: "#7b8b93"
        focus: "#0f252c"
        rail: "#0c2a31"
        railText: "#e4eff0"
        railSubtle: "#9ebabf"
        railHover: "#153a43"
        railSelected: "#1b4852"
        railBar: "#5fd3c6"
        railFocus: "#ffffff"
        toast: "#0f252c"
        toastInk: "#ffffff"
    }

    readonly property ColorTokens darkColors: ColorTokens {
        page: "#0e161a"
        surface: "#151f24"
        raised: "#19252b"
        sunken: "#101a1e"
        overlay: "#b8020608"
        hover: "#0dffffff"
        pressed: "#1affffff"
        heading: "#eff5f6"
        body: "#cad5d9"
        subtle: "#96a8b0"
        disabled: "#6b7e87"
        brand: "#5cccc0"
        brandStrong: "#8be0d7"
        brandInk: "#06211f"
        brandSoft: "#12302f"
        brandSoftBorder: "#1f5552"
        infoText: "#bfe9e4"
        success: "#5fd38a"
        successSoft: "#10291b"
        successBorder: "#1f5235"
        successText: "#c8f0d5"
        warning: "#f3b05f"
        warningFill: "#f0b266"
        warningFillStrong: "#f8cb94"
        warningInk: "#2d1800"
        warningSoft: "#2a2112"
        warningBorder: "#57431f"
        warningText: "#f7e0bb"
        danger: "#ff8a80"
        dangerFill: "#ff8a80"
        dangerFillStrong: "#ffb0a8"
        dangerInk: "#3a0805"
        dangerSoft: "#311716"
        dangerBorder: "#6a2b27"
        dangerText: "#ffd9d5"
        borderLight: "#2a3940"
        border: "#3a4d56"
        borderStrong: "#738790"
        focus: "#eff5f6"
        rail: "#0a1013"
        railText: "#dfe9eb"
        railSubtle: "#8ea3aa"
        railHover: "#131d22"
        railSelected: "#17313a"
        railBar: "#5fd3c6"
        railFocus: "#ffffff"
        toast: "#e6eef0"
        toastInk: "#0f252c"
    }

    // Spacing in pixels
    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 12
    readonly property int space4: 16
    readonly property int space5: 24
    readonly property int space6: 32
    readonly property int space7: 48

    readonly property int radiusSmall: 6
    readonly property int radius: 8
    readonly property int radiusLarge: 14

    readonly property int controlHeight: Math.max(40, scaled(40))
    readonly property int compactHeight: Math.max(34, scaled(34))
    readonly property int narrowWidth: 768
    readonly property int contentWidth: 840
    readonly property int railWidth: Math.min(320, Math.max(248, scaled(248)))

    // Font sizes in pixels, multiplied by the desktop's text scale factor.
    property real textScale: 1
    readonly property string sans: "Inter"
    readonly property string mono: "JetBrains Mono"
    readonly property int display: scaled(28)
    readonly property int name: scaled(26)
    readonly property int cardTitle: scaled(22)
    readonly property int title: scaled(20)
    readonly property int subtitle: scaled(17)
    readonly property int text: scaled(15)
    readonly property int note: scaled(14)
    readonly property int small: scaled(13)
    readonly property int code: scaled(22)

    function scaled(size: int): int {
        return Math.round(size * theme.textScale);
    }

    readonly property int quick: 120
    readonly property int beat: 700
}
