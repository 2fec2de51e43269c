// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sparekey

// Every push button. Use `onActivated`: it is not emitted while the button is busy or blocked.
T.Button {
    id: button

    enum Kind {
        Secondary,
        Primary,
        Warning,
        Danger,
        Link
    }

    property int kind: AppButton.Secondary
    property string iconName: ""
    // A write is running: a spinner replaces the text, and the width stays the same.
    property bool busy: false
    // Why the button does nothing now. It stays focusable, so that screen readers read the reason.
    property string blockedReason: ""
    property string description: ""
    property bool compact: false
    property bool menuIndicator: false

    readonly property bool showsFocus: LastInput.byKey && activeFocus
    readonly property bool blocked: blockedReason !== ""
    readonly property bool dimmed: !enabled || blocked
    readonly property bool filled: kind !== AppButton.Secondary && kind !== AppButton.Link
    readonly property color foreground: {
        if (dimmed)
            return Theme.color.disabled;
        switch (kind) {
        case AppButton.Primary:
            return Theme.color.brandInk;
        case AppButton.Warning:
            return Theme.color.warningInk;
        case AppButton.Danger:
            return Theme.color.dangerInk;
        case AppButton.Link:
            return hovered ? Theme.color.brandStrong : Theme.color.brand;
        }
        return Theme.color.heading;
    }
    readonly property color fill: {
        if (dimmed)
            return filled ? Theme.color.sunken : "transparent";
        const strong = hovered || down;
        switch (kind) {
        case AppButton.Primary:
            return strong ? Theme.color.brandStrong : Theme.color.brand;
        case AppButton.Warning:
            return strong ? Theme.color.warningFillStrong : Theme.color.warningFill;
        case AppButton.Danger:
            return strong ? Theme.color.dangerFillStrong : Theme.color.dangerFill;
        }
        return down ? Theme.color.pressed : hovered ? Theme.color.hover : "transparent";
    }

    signal activated

    implicitWidth: Math.max(kind === AppButton.Link ? 0 : 72, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: compact ? Theme.compactHeight : Theme.controlHeight
    leftPadding: kind === AppButton.Link ? 4 : compact ? 14 : 18
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    font.family: Theme.sans
    font.pixelSize: compact ? Theme.note : Theme.text
    font.weight: Font.DemiBold

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: blocked ? blockedReason : description
    // By default Qt 6.4 reports success for a screen reader's press action, but does nothing.
    Accessible.onPressAction: if (button.enabled) button.clicked()

    onClicked: if (!busy && !blocked) button.activated()
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    HoverHandler {
        cursorShape: button.dimmed ? Qt.ArrowCursor : Qt.PointingHandCursor
    }

    OnDemand {
        id: reason

        needed: button.blocked && (button.hovered || button.showsFocus)

        ToolTipNote {
            parent: button
            text: button.blockedReason
            visible: reason.needed
        }
    }

    background: Rectangle {
        radius: button.kind === AppButton.Link ? Theme.radiusSmall : height / 2
        color: button.fill
        border.width: button.kind === AppButton.Secondary ? 1 : 0
        border.color: button.dimmed ? Theme.color.border : Theme.color.borderStrong

        FocusRing {
            shown: button.showsFocus
            around: parent.radius
        }
    }

    contentItem: ButtonFace {
        text: button.text
        font: button.font
        iconName: button.iconName
        menuIndicator: button.menuIndicator
        busy: button.busy
        color: button.foreground
    }
}
