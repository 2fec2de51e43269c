// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Sparekey

// A choice between a few options, side by side. Left and Right move as in a radio group.
T.Control {
    id: choice

    required property list<string> options
    required property string label
    property int currentIndex: 0

    signal chosen(int index)

    implicitWidth: row.implicitWidth + 6
    implicitHeight: Theme.controlHeight

    Accessible.role: Accessible.Grouping
    Accessible.name: label

    background: Rectangle {
        radius: Theme.radius
        color: Theme.color.sunken
        border.width: 1
        border.color: Theme.color.border
    }

    Row {
        id: row

        anchors.centerIn: parent
        spacing: 2

        Repeater {
            id: segments

            model: choice.options

            T.AbstractButton {
                id: segment

                required property int index
                required property string modelData
                readonly property bool current: choice.currentIndex === index

                implicitWidth: Math.max(76, implicitContentWidth + 28)
                implicitHeight: Theme.controlHeight - 6
                focusPolicy: segment.current ? Qt.StrongFocus : Qt.ClickFocus
                hoverEnabled: true
                text: segment.modelData

                Accessible.role: Accessible.RadioButton
                Accessible.name: segment.text
                Accessible.checkable: true
                Accessible.checked: segment.current
                Accessible.onPressAction: if (segment.enabled) choice.chosen(segment.index)

                onClicked: choice.chosen(segment.index)
                Keys.onLeftPressed: segment.go(-1)
                Keys.onRightPressed: segment.go(1)

                function go(step: int) {
                    const next = Math.max(0, Math.min(choice.options.length - 1, segment.index + step));
                    segments.itemAt(next).forceActiveFocus(Qt.TabFocusReason);
                    choice.chosen(next);
                }

                background: Rectangle {
                    radius: Theme.radiusSmall
                    color: segment.current ? Theme.color.surface
                         : segment.hovered ? Theme.color.hover : "transparent"
                    border.width: segment.current ? 1 : 0
                    border.color: Theme.color.borderStrong

                    FocusRing {
                        shown: LastInput.byKey && segment.activeFocus
                        around: Theme.radiusSmall
                    }
                }

                contentItem: Text {
                    text: segment.text
                    font.family: Theme.sans
                    font.pixelSize: Theme.note
                    font.weight: segment.current ? Font.DemiBold : Font.Normal
                    color: !segment.enabled ? Theme.color.disabled
                         : segment.current ? Theme.color.heading : Theme.color.subtle
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
            }
        }
    }
}
