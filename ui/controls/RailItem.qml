// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sparekey

// One entry of the side rail. The current one has a bar at its left edge besides its color.
T.Button {
    id: item

    required property string iconName
    readonly property bool showsFocus: LastInput.byKey && activeFocus
    property bool current: false
    property bool collapsed: false
    property string description: ""

    implicitWidth: 200
    implicitHeight: Math.max(42, Theme.controlHeight + 2)
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: description
    Accessible.selected: current
    Accessible.onPressAction: if (item.enabled) item.clicked()

    Keys.onReturnPressed: item.clicked()
    Keys.onEnterPressed: item.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    OnDemand {
        id: name

        needed: item.collapsed && (item.hovered || item.showsFocus)

        ToolTipNote {
            parent: item
            text: item.text
            visible: name.needed
        }
    }

    background: Rectangle {
        radius: Theme.radius
        color: item.current ? Theme.color.railSelected
             : item.hovered || item.down ? Theme.color.railHover : "transparent"

        Rectangle {
            visible: item.current
            x: 0
            anchors.verticalCenter: parent.verticalCenter
            width: 3
            height: 22
            radius: 1.5
            color: Theme.color.railBar
        }

        FocusRing {
            shown: item.showsFocus
            border.color: Theme.color.railFocus
            anchors.margins: -3
            around: Theme.radius - 1
        }
    }

    contentItem: Row {
        leftPadding: item.collapsed ? (width - 20) / 2 : 14
        spacing: Theme.space3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: item.iconName
            size: 20
            color: item.current ? Theme.color.railBar : Theme.color.railSubtle
        }

        Text {
            anchors.verticalCenter: parent.verticalCenter
            width: item.width - 54
            visible: !item.collapsed
            text: item.text
            color: Theme.color.railText
            font.family: Theme.sans
            font.pixelSize: Theme.text
            font.weight: item.current ? Font.DemiBold : Font.Normal
            elide: Text.ElideRight
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
    }
}
