// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// One key that this computer knows, and what still opens its accounts without it.
Item {
    id: row

    required property int index
    required property string name
    required property string place
    required property string product
    required property string addedText
    required property bool connected
    required property string summary
    required property string leftText
    required property string lossTitle
    required property int tone
    required property var accounts

    signal describe
    signal forget

    function toneIcon(tone: int): string {
        switch (tone) {
        case KeyInventoryModel.Good:
            return "check-circle";
        case KeyInventoryModel.Caution:
            return "warning";
        case KeyInventoryModel.Bad:
            return "danger";
        }
        return "info";
    }

    function toneColor(tone: int): color {
        switch (tone) {
        case KeyInventoryModel.Good:
            return Theme.color.success;
        case KeyInventoryModel.Caution:
            return Theme.color.warning;
        case KeyInventoryModel.Bad:
            return Theme.color.danger;
        }
        return Theme.color.subtle;
    }

    readonly property int margin: row.width < 520 ? Theme.space4 : Theme.space5

    implicitHeight: content.implicitHeight + 2 * Theme.space5

    Accessible.role: Accessible.ListItem
    Accessible.name: row.connected ? qsTr("%1, connected").arg(row.name) : row.name
    Accessible.description: row.summary

    Keys.onDeletePressed: row.forget()

    Rectangle {
        visible: row.index > 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: row.margin
        anchors.rightMargin: row.margin
        height: 1
        color: Theme.color.borderLight
    }

    ColumnLayout {
        id: content

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: row.margin
        anchors.topMargin: Theme.space5
        spacing: Theme.space3

        GridLayout {
            Layout.fillWidth: true
            columns: row.width < 560 ? 2 : 3
            columnSpacing: Theme.space4
            rowSpacing: Theme.space3

            Rectangle {
                Layout.alignment: Qt.AlignTop
                implicitWidth: 44
                implicitHeight: 44
                radius: 12
                color: row.connected ? Theme.color.brandSoft : Theme.color.sunken
                border.width: 1
                border.color: row.connected ? Theme.color.brandSoftBorder
                                            : Theme.color.borderLight

                Icon {
                    anchors.centerIn: parent
                    name: "yubiKey"
                    size: 24
                    color: row.connected ? Theme.color.brand : Theme.color.subtle
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 3

                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    Heading {
                        width: Math.min(implicitWidth, parent.width)
                        height: 24
                        level: 3
                        text: row.name
                        verticalAlignment: Text.AlignVCenter
                        elide: Text.ElideRight
                        wrapMode: Text.NoWrap
                    }

                    Badge {
                        visible: row.connected
                        positive: true
                        iconName: "check"
                        text: qsTr("Connected")
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: row.place !== ""
                    font.pixelSize: Theme.note
                    text: row.place
                }

                BodyText {
                    Layout.fillWidth: true
                    subtle: true
                    font.pixelSize: Theme.note
                    text: row.product === "" ? row.addedText
                                             : qsTr("%1 · %2").arg(row.product).arg(row.addedText)
                }
            }

            Flow {
                Layout.column: row.width < 560 ? 1 : 2
                Layout.row: row.width < 560 ? 1 : 0
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: change.width + forget.width + spacing
                spacing: Theme.space2

                AppButton {
                    id: change

                    objectName: "btn.describe." + row.index
                    compact: true
                    text: qsTr("Edit…")
                    Accessible.name: qsTr("Name and place of %1").arg(row.name)
                    onActivated: row.describe()
                }

                AppButton {
                    id: forget

                    objectName: "btn.forget." + row.index
                    compact: true
                    text: qsTr("Forget…")
                    Accessible.name: qsTr("Forget %1").arg(row.name)
                    onActivated: row.forget()
                }
            }
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: 44 + Theme.space4
            spacing: Theme.space2

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 2
                visible: row.accounts.length > 0
                name: row.toneIcon(row.tone)
                size: 18
                color: row.toneColor(row.tone)
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 1

                BodyText {
                    Layout.fillWidth: true
                    font.pixelSize: Theme.note
                    subtle: row.accounts.length === 0
                    text: row.summary
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: row.leftText !== ""
                    font.pixelSize: Theme.note
                    text: row.leftText
                }
            }
        }

        Expander {
            Layout.fillWidth: true
            Layout.leftMargin: 44 + Theme.space4
            objectName: "expander.loss." + row.index
            visible: row.accounts.length > 0
            title: row.lossTitle

            Repeater {
                model: row.accounts

                RowLayout {
                    id: line

                    required property var modelData

                    Layout.fillWidth: true
                    spacing: Theme.space3

                    Icon {
                        Layout.alignment: Qt.AlignTop
                        Layout.topMargin: 2
                        name: row.toneIcon(line.modelData.tone)
                        size: 20
                        color: row.toneColor(line.modelData.tone)
                    }

                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 2

                        BodyText {
                            Layout.fillWidth: true
                            color: Theme.color.heading
                            font.weight: Font.DemiBold
                            text: line.modelData.account
                        }

                        BodyText {
                            Layout.fillWidth: true
                            text: line.modelData.text
                        }

                        BodyText {
                            Layout.fillWidth: true
                            visible: line.modelData.copy !== ""
                            text: line.modelData.copy
                        }
                    }
                }
            }
        }
    }
}
