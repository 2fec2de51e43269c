// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// One provider: what it is, whether it is on, and the buttons that open its dialog or turn it off.
Item {
    id: row

    required property int index
    required property int type
    required property string key
    required property string name
    required property string description
    required property bool premium
    required property int providerState
    required property string stateText
    required property string accessibleName
    required property bool manageEnabled
    required property string manageReason
    required property string note
    required property bool lapsed
    required property bool loading

    readonly property bool on: providerState === ProviderListModel.On
    readonly property bool off: providerState === ProviderListModel.Off
    readonly property bool slim: width < 560

    signal manage
    signal turnOff
    signal step(int from, int distance)

    function takeFocus() {
        button.forceActiveFocus(Qt.TabFocusReason);
    }

    objectName: "row.provider." + key
    implicitHeight: grid.implicitHeight + 36

    Accessible.role: Accessible.ListItem
    Accessible.name: accessibleName
    Accessible.description: description

    Keys.onUpPressed: row.step(row.index, -1)
    Keys.onDownPressed: row.step(row.index, 1)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
            row.step(row.index, event.key === Qt.Key_Home ? -100 : 100);
            event.accepted = true;
        }
    }

    HoverHandler {
        id: hover
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: 5
        radius: Theme.radiusLarge - 5
        color: hover.hovered ? Theme.color.hover : "transparent"
        opacity: 0.6
    }

    Rectangle {
        visible: row.index > 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: row.slim ? Theme.space4 : 84
        anchors.rightMargin: row.slim ? Theme.space4 : Theme.space5
        height: 1
        color: Theme.color.borderLight
    }

    GridLayout {
        id: grid

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: row.slim ? Theme.space4 : Theme.space5
        anchors.rightMargin: row.slim ? Theme.space4 : Theme.space5
        anchors.verticalCenter: parent.verticalCenter
        columns: row.slim ? 2 : 3
        columnSpacing: Theme.space4
        rowSpacing: Theme.space3

        Rectangle {
            Layout.alignment: row.slim ? Qt.AlignTop : Qt.AlignVCenter
            implicitWidth: 44
            implicitHeight: 44
            radius: 12
            color: row.on ? Theme.color.brandSoft : Theme.color.sunken
            border.width: 1
            border.color: row.on ? Theme.color.brandSoftBorder : Theme.color.borderLight

            Icon {
                anchors.centerIn: parent
                name: row.key
                size: 24
                color: row.on ? Theme.color.brand : Theme.color.subtle
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 3

            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                Heading {
                    height: 24
                    level: 3
                    text: row.name
                    verticalAlignment: Text.AlignVCenter
                    wrapMode: Text.NoWrap
                }

                Badge {
                    objectName: "badge.on"
                    visible: row.on
                    positive: true
                    iconName: "check"
                    text: row.stateText
                }

                Badge {
                    visible: row.premium
                    text: qsTr("Premium")
                }

                SkeletonBar {
                    visible: row.loading && !row.premium
                    y: 6
                    implicitWidth: 84
                    implicitHeight: 20
                    opacity: 0.5
                }

                BodyText {
                    height: 24
                    visible: !row.loading && !row.on
                             && row.providerState !== ProviderListModel.Off
                    verticalAlignment: Text.AlignVCenter
                    wrapMode: Text.NoWrap
                    subtle: true
                    font.pixelSize: Theme.small
                    text: row.stateText
                }
            }

            BodyText {
                Layout.fillWidth: true
                subtle: true
                font.pixelSize: Theme.note
                lineHeight: 1.2
                text: row.description
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.note"
                visible: row.note !== ""
                font.pixelSize: Theme.note
                lineHeight: 1.2
                text: row.note
            }
        }

        RowLayout {
            Layout.column: row.slim ? 1 : 2
            Layout.row: row.slim ? 1 : 0
            spacing: Theme.space2

            AppButton {
                id: button

                objectName: "btn.manage." + row.key
                compact: true
                text: row.lapsed ? qsTr("Turn off…") : row.off ? qsTr("Set up") : qsTr("Manage")
                Accessible.name: row.lapsed ? qsTr("Turn off %1…").arg(row.name)
                    : row.off ? qsTr("Set up %1").arg(row.name) : qsTr("Manage %1").arg(row.name)
                blockedReason: row.manageEnabled ? "" : row.manageReason
                enabled: !row.loading
                onActivated: {
                    if (row.lapsed)
                        row.turnOff();
                    else
                        row.manage();
                }
            }

            IconButton {
                id: more

                objectName: "btn.more." + row.key
                visible: row.on && !row.lapsed
                enabled: row.manageEnabled
                iconName: "more"
                text: qsTr("More for %1").arg(row.name)
                onClicked: (menu.load() as AppMenu).popup(more, 0, more.height)
            }
        }
    }

    OnDemand {
        id: menu

        AppMenu {
            label: qsTr("More for %1").arg(row.name)

            AppMenuItem {
                objectName: "menu.turnOff." + row.key
                text: qsTr("Turn off…")
                Accessible.name: qsTr("Turn off %1…").arg(row.name)
                onTriggered: row.turnOff()
            }
        }
    }
}
