// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The logo and the program's name above one card in the middle of the window. A low window has no
// room for the logo.
ScrollArea {
    id: page

    default property alias body: inside.data
    property alias below: under.data

    readonly property bool low: height < 480
    readonly property int cardPadding: low ? Theme.space5 : Theme.space6

    sideMargin: Math.max(Theme.space4, (width - 440) / 2)
    contentHeight: Math.max(columnHeight, height)
    spacing: 0
    showsAlerts: true

    Item {
        Layout.preferredHeight: Math.max(page.low ? Theme.space3 : Theme.space5,
                                         (page.height - whole.implicitHeight) * 0.42)
    }

    ColumnLayout {
        id: whole

        Layout.fillWidth: true
        spacing: Theme.space5

        RowLayout {
            Layout.alignment: Qt.AlignHCenter
            visible: !page.low
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
            implicitHeight: inside.implicitHeight + 2 * page.cardPadding

            ColumnLayout {
                id: inside

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: page.cardPadding
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
