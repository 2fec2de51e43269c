// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One code: its number, the code itself, and whether it is used.
Item {
    id: row

    required property int index
    required property string number
    required property SecretText code
    required property bool used
    required property bool unsure
    required property string stateText
    property bool hidden: true
    property bool numbered: true
    // The user may say that it is used.
    property bool markable: false
    // It belongs to a set that is void.
    property bool isVoid: false
    property bool copied: false
    readonly property bool struck: row.used || row.isVoid

    signal copyRequested
    signal toggleRequested
    signal usedChosen(bool used)

    implicitHeight: Math.max(line.implicitHeight + 2 * Theme.space1, Theme.compactHeight + 6)

    Accessible.role: Accessible.ListItem
    Accessible.name: row.numbered ? qsTr("Code %1").arg(row.number) : qsTr("Code")
    Accessible.description: row.stateText

    RowLayout {
        id: line

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space3

        BodyText {
            visible: row.numbered
            subtle: true
            font.family: Theme.mono
            font.pixelSize: Theme.note
            wrapMode: Text.NoWrap
            text: row.number
            Accessible.ignored: true
        }

        Item {
            Layout.fillWidth: true
            implicitHeight: shown.implicitHeight

            SecretTextItem {
                id: shown

                width: Math.min(implicitWidth, parent.width)
                height: implicitHeight
                objectName: "code.entry." + row.index
                secret: row.code
                hidden: row.hidden
                activeFocusOnTab: !row.isVoid
                color: row.struck ? Theme.color.subtle : Theme.color.heading
                fontFamily: Theme.mono
                pixelSize: Theme.subtitle
                columns: 8

                Accessible.role: Accessible.StaticText
                Accessible.name: row.numbered ? qsTr("Code %1").arg(row.number) : qsTr("Code")
                Accessible.focusable: true

                onCopyRequested: row.copyRequested()
                onToggleRequested: row.toggleRequested()

                FocusRing {
                    shown: LastInput.byKey && shown.activeFocus
                    anchors.margins: -5
                    around: Theme.radiusSmall
                }
            }

            Rectangle {
                visible: row.struck
                width: shown.width
                height: 2
                anchors.verticalCenter: shown.verticalCenter
                color: Theme.color.subtle
            }
        }

        BodyText {
            visible: text !== ""
            subtle: true
            font.pixelSize: Theme.small
            wrapMode: Text.NoWrap
            text: row.stateText
            Accessible.ignored: true
        }

        IconButton {
            objectName: "btn.copyCode." + row.index
            visible: !row.struck
            iconName: row.copied ? "check" : "copy"
            text: row.numbered ? qsTr("Copy code %1").arg(row.number) : qsTr("Copy")
            onClicked: row.copyRequested()
        }

        AppButton {
            objectName: "btn.markUsed." + row.index
            visible: row.markable && !row.used
            compact: true
            text: qsTr("Mark used")
            Accessible.name: row.numbered ? qsTr("Mark code %1 used").arg(row.number)
                                          : qsTr("Mark used")
            onActivated: row.usedChosen(true)
        }

        AppButton {
            objectName: "btn.markUnused." + row.index
            visible: row.markable && (row.used || row.unsure)
            compact: true
            text: row.used ? qsTr("Undo") : qsTr("Not used")
            Accessible.name: row.used ? qsTr("Code %1 is not used").arg(row.number) : text
            onActivated: row.usedChosen(false)
        }
    }
}
