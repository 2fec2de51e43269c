// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One entry of the library: what it is for, how many codes are left, and what is due.
Item {
    id: row

    required property int index
    required property string title
    required property string account
    required property string letter
    required property string leftText
    required property string note
    required property int tone
    readonly property bool focused: LastInput.byKey && activeFocus
    readonly property bool narrow: row.width < 520

    signal chosen

    implicitHeight: content.implicitHeight + 2 * Theme.space3

    Accessible.role: Accessible.ListItem
    Accessible.name: row.account === "" ? row.title : qsTr("%1, %2").arg(row.title).arg(row.account)
    Accessible.description: qsTr("%1, %2").arg(row.leftText).arg(row.note)
    Accessible.focusable: true
    Accessible.focused: row.activeFocus
    Accessible.onPressAction: row.chosen()

    Keys.onReturnPressed: row.chosen()
    Keys.onEnterPressed: row.chosen()
    Keys.onSpacePressed: row.chosen()

    Rectangle {
        anchors.fill: parent
        color: hover.hovered ? Theme.color.hover : "transparent"
    }

    Rectangle {
        visible: row.index > 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space4
        height: 1
        color: Theme.color.borderLight
    }

    FocusRing {
        shown: row.focused
        anchors.margins: 3
        around: Theme.radiusSmall
    }

    HoverHandler {
        id: hover

        cursorShape: Qt.PointingHandCursor
    }

    TapHandler {
        onTapped: row.chosen()
    }

    RowLayout {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space4
        spacing: Theme.space3

        Rectangle {
            implicitWidth: Math.max(40, Theme.scaled(40))
            implicitHeight: implicitWidth
            radius: 12
            color: Theme.color.brandSoft
            border.width: 1
            border.color: Theme.color.brandSoftBorder

            Text {
                anchors.centerIn: parent
                text: row.letter
                color: Theme.color.infoText
                font.family: Theme.sans
                font.pixelSize: Theme.subtitle
                font.weight: Font.DemiBold
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1

            Heading {
                Layout.fillWidth: true
                level: 3
                text: row.title
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            BodyText {
                Layout.fillWidth: true
                visible: row.account !== ""
                subtle: true
                font.pixelSize: Theme.note
                text: row.account
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        ColumnLayout {
            spacing: 1

            BodyText {
                Layout.alignment: Qt.AlignRight
                font.pixelSize: Theme.note
                color: Theme.color.heading
                wrapMode: Text.NoWrap
                text: row.leftText
                Accessible.ignored: true
            }

            EntryNote {
                Layout.alignment: Qt.AlignRight
                text: row.note
                tone: row.tone
                Accessible.ignored: true
            }
        }

        Icon {
            visible: !row.narrow
            name: "chevron-right"
            size: 18
            color: Theme.color.subtle
        }
    }
}
