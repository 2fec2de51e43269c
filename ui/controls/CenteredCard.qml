// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The logo and the program's name above one card in the middle of the window.
ScrollArea {
    id: page

    default property alias body: inside.data
    property alias below: under.data

    sideMargin: Math.max(Theme.space4, (width - 440) / 2)
    contentHeight: Math.max(columnHeight, height)
    spacing: 0

    Item {
        Layout.preferredHeight: Math.max(Theme.space5, (page.height - whole.implicitHeight) * 0.42)
    }

    ColumnLayout {
        id: whole

        Layout.fillWidth: true
        spacing: Theme.space5

        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            spacing: Theme.space3

            Logo {
                size: 44
            }

            Text {
                text: "Sparekey"
                color: Theme.color.heading
                font.family: Theme.sans
                font.pixelSize: Theme.name
                font.weight: Font.DemiBold
                font.letterSpacing: -0.6
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }

        Card {
            Layout.fillWidth: true
            implicitHeight: inside.implicitHeight + 2 * Theme.space6

            ColumnLayout {
                id: inside

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.space6
                spacing: Theme.space4
            }
        }

        ColumnLayout {
            id: under

            Layout.alignment: Qt.AlignHCenter
            Layout.bottomMargin: Theme.space5
            spacing: Theme.space2
        }
    }
}
