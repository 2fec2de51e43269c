// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A card that works as a button: an icon, a title and a note.
T.Button {
    id: card

    required property string iconName
    property string note: ""
    readonly property bool showsFocus: LastInput.byKey && activeFocus

    implicitWidth: 320
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.space4
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true

    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: note
    Accessible.onPressAction: if (card.enabled) card.clicked()

    Keys.onReturnPressed: card.clicked()
    Keys.onEnterPressed: card.clicked()

    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }

    background: Card {
        border.color: card.hovered ? Theme.color.borderStrong : Theme.color.border

        FocusRing {
            shown: card.showsFocus
            anchors.margins: -3
            around: Theme.radiusLarge - 1
        }
    }

    contentItem: RowLayout {
        spacing: Theme.space4

        Icon {
            name: card.iconName
            size: 24
            color: Theme.color.brand
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Text {
                Layout.fillWidth: true
                text: card.text
                color: Theme.color.heading
                font.family: Theme.sans
                font.pixelSize: Theme.text
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            Text {
                Layout.fillWidth: true
                visible: text !== ""
                text: card.note
                color: Theme.color.subtle
                font.family: Theme.sans
                font.pixelSize: Theme.small
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }

        Icon {
            name: "chevron-right"
            size: 18
            color: Theme.color.subtle
        }
    }
}
