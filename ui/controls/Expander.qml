// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A header line that shows or hides the content below it.
ColumnLayout {
    id: expander

    property string title: ""
    property bool expanded: false
    default property alias content: body.data

    spacing: Theme.space3

    T.Button {
        id: head

        Layout.fillWidth: true
        implicitHeight: Theme.compactHeight
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true
        text: expander.title

        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.description: expander.expanded ? qsTr("Open") : qsTr("Closed")
        Accessible.onPressAction: if (head.enabled) head.clicked()

        onClicked: expander.expanded = !expander.expanded
        Keys.onReturnPressed: head.clicked()
        Keys.onEnterPressed: head.clicked()

        HoverHandler {
            cursorShape: Qt.PointingHandCursor
        }

        background: Item {
            FocusRing {
                shown: LastInput.byKey && head.activeFocus
                anchors.margins: -2
                around: Theme.radiusSmall
            }
        }

        contentItem: Row {
            spacing: Theme.space2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: expander.expanded ? "chevron-down" : "chevron-right"
                size: 18
                color: Theme.color.brand
            }

            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: expander.title
                color: head.hovered ? Theme.color.brandStrong : Theme.color.brand
                font.family: Theme.sans
                font.pixelSize: Theme.text
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }

    ColumnLayout {
        id: body

        Layout.fillWidth: true
        visible: expander.expanded
        spacing: Theme.space4
    }
}
