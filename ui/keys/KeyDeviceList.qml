// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// The keys and readers that are connected, to choose one of them.
FocusScope {
    id: list

    required property KeyListModel model
    property bool held: false

    // The arrows move the choice, as in every group of radio buttons.
    function move(step: int) {
        const row = Math.max(0, Math.min(list.model.count - 1, list.model.chosen + step));
        list.model.chosen = row;
        (rows.itemAt(row) as Item).forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: 320
    implicitHeight: column.implicitHeight

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Connected keys and readers")

    Keys.onUpPressed: list.move(-1)
    Keys.onDownPressed: list.move(1)

    // Not a layout: that of Qt 6.4 crashes when rows are removed while it is invisible.
    Column {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.space2

        BodyText {
            width: column.width
            objectName: "txt.noDevice"
            visible: list.model.keyCount === 0
            text: list.model.searching ? qsTr("Looking for keys…")
                                       : qsTr("Plug in your key or place it on the reader.")
            Accessible.role: Accessible.AlertMessage
        }

        Repeater {
            id: rows

            model: list.model

            FocusScope {
                id: row

                required property int index
                required property string name
                required property string note
                required property bool usable

                width: column.width
                implicitHeight: lines.implicitHeight
                focus: row.index === Math.max(0, list.model.chosen)

                ColumnLayout {
                    id: lines

                    anchors.left: parent.left
                    anchors.right: parent.right
                    spacing: 0

                    AppRadioButton {
                        id: radio

                        Layout.fillWidth: true
                        objectName: "device." + row.index
                        focus: true
                        text: row.name
                        enabled: !list.held
                        checked: list.model.chosen === row.index
                        Accessible.description: row.note
                        onToggled: {
                            list.model.chosen = row.index;
                            checked = Qt.binding(() => list.model.chosen === row.index);
                        }
                    }

                    BodyText {
                        Layout.fillWidth: true
                        Layout.leftMargin: 30
                        font.pixelSize: Theme.small
                        color: row.usable ? Theme.color.subtle : Theme.color.danger
                        text: row.note
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
