// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sparekey

// A button with only an icon. Its text is the accessible name and the tool tip.
T.Button {
    id: button

    required property string iconName
    readonly property bool showsFocus: LastInput.byKey && activeFocus
    property color color: Theme.color.subtle
    property color hoverColor: Theme.color.hover
    property color ringColor: Theme.color.focus
    property string description: ""

    implicitWidth: 36
    implicitHeight: 36
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.onPressAction: if (button.enabled) button.clicked()

    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    OnDemand {
        id: name

        needed: button.hovered || button.showsFocus

        ToolTipNote {
            parent: button
            text: button.text
            visible: name.needed
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: button.down || button.hovered ? button.hoverColor : "transparent"

        FocusRing {
            shown: button.showsFocus
            border.color: button.ringColor
            anchors.margins: -2
            radius: Theme.radius + 2
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            size: 20
            color: button.enabled ? button.color : Theme.color.disabled
        }
    }
}
