// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A choice from a list, with its label above.
FocusScope {
    id: field

    property string label: ""
    property string hint: ""
    // For a field whose label is elsewhere on the page.
    property string accessibleName: label
    property alias model: box.model
    property alias textRole: box.textRole
    property alias currentIndex: box.currentIndex
    property alias displayText: box.displayText
    readonly property alias currentText: box.currentText

    signal chosen(int index)

    implicitWidth: 240
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: 6

        FieldLabel {
            Layout.fillWidth: true
            text: field.label
            visible: field.label !== ""
        }

        T.ComboBox {
            id: box

            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            focus: true
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            leftPadding: Theme.space3
            rightPadding: 36
            font.family: Theme.sans
            font.pixelSize: Theme.text

            Accessible.role: Accessible.ComboBox
            Accessible.name: field.accessibleName
            Accessible.description: box.displayText
            Accessible.onPressAction: if (box.enabled) box.popup.open()

            onActivated: index => field.chosen(index)

            background: FieldFrame {
                focused: box.activeFocus
                hovered: box.hovered
                dimmed: !box.enabled
            }

            indicator: Icon {
                x: box.width - width - Theme.space3
                y: (box.height - height) / 2
                name: "chevron-down"
                size: 16
                color: box.enabled ? Theme.color.subtle : Theme.color.disabled
            }

            contentItem: Text {
                text: box.displayText
                font: box.font
                color: box.enabled ? Theme.color.heading : Theme.color.disabled
                verticalAlignment: Text.AlignVCenter
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.ignored: true
            }

            delegate: T.ItemDelegate {
                id: line

                required property int index

                width: ListView.view ? ListView.view.width : 0
                implicitHeight: Math.max(38, Theme.scaled(38))
                leftPadding: 10
                rightPadding: 10
                text: box.textAt(line.index)
                highlighted: box.highlightedIndex === line.index
                font: box.font

                Accessible.role: Accessible.ListItem
                Accessible.name: line.text

                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: line.highlighted ? Theme.color.hover : "transparent"
                    border.width: line.highlighted ? 1 : 0
                    border.color: Theme.color.borderStrong
                }

                contentItem: Text {
                    text: line.text
                    font: line.font
                    color: Theme.color.heading
                    verticalAlignment: Text.AlignVCenter
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                }
            }

            popup: T.Popup {
                y: box.height + 4
                width: box.width
                implicitHeight: Math.min(contentItem.implicitHeight + 12, 300)
                padding: 6
                margins: Theme.space2
                modal: true
                dim: false

                contentItem: ListView {
                    clip: true
                    implicitHeight: contentHeight
                    model: box.delegateModel
                    currentIndex: box.highlightedIndex
                    Accessible.role: Accessible.List
                    Accessible.name: field.accessibleName
                }

                background: Rectangle {
                    radius: Theme.radius + 2
                    color: Theme.color.raised
                    border.width: 1
                    border.color: Theme.color.border
                }
            }
        }

        OnDemand {
            Layout.fillWidth: true
            needed: field.hint !== ""

            FieldNote {
                hint: field.hint
            }
        }
    }
}
