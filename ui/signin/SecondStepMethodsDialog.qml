// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// All methods that the server offers; each row is one button.
AppDialog {
    id: dialog

    required property SignInStepsViewModel steps
    readonly property SecondStepViewModel viewModel: steps.secondStep
    property bool asked: false

    objectName: "dlg.methods"
    title: qsTr("Select another method")
    visible: asked
    onShown: firstFocus = list.itemAt(0)
    onDismissed: dialog.asked = false

    component MethodRow: T.Button {
        id: row

        required property string iconName
        property string description: ""
        property bool chosen: false
        readonly property string inUse: qsTr("In use now")

        Layout.fillWidth: true
        implicitHeight: implicitContentHeight + topPadding + bottomPadding
        verticalPadding: Theme.space3
        horizontalPadding: Theme.space4
        focusPolicy: Qt.StrongFocus
        hoverEnabled: true

        Accessible.role: Accessible.Button
        Accessible.name: text
        Accessible.description: chosen ? inUse : description
        Accessible.onPressAction: row.clicked()
        Keys.onReturnPressed: row.clicked()
        Keys.onEnterPressed: row.clicked()

        HoverHandler {
            cursorShape: Qt.PointingHandCursor
        }

        background: Rectangle {
            radius: Theme.radius
            color: row.down ? Theme.color.pressed : row.hovered ? Theme.color.hover : "transparent"
            border.width: 1
            border.color: row.chosen ? Theme.color.brand : Theme.color.border

            FocusRing {
                shown: LastInput.byKey && row.activeFocus
                around: Theme.radius
            }
        }

        contentItem: RowLayout {
            spacing: Theme.space4

            Icon {
                name: row.iconName
                size: 24
                color: Theme.color.brand
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                BodyText {
                    Layout.fillWidth: true
                    text: row.text
                    color: Theme.color.heading
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: row.description
                    subtle: true
                    font.pixelSize: Theme.note
                    Accessible.ignored: true
                }
            }

            Badge {
                visible: row.chosen
                positive: true
                iconName: "check"
                text: row.inUse
            }
        }
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        Repeater {
            id: list

            model: dialog.viewModel.methods

            MethodRow {
                required property var modelData
                required property int index

                objectName: "row.method." + modelData.icon
                iconName: modelData.icon
                text: modelData.name
                description: modelData.description
                chosen: modelData.chosen
                onClicked: {
                    // Choosing a method recreates the rows, so keep the index first.
                    const choice = index;
                    dialog.asked = false;
                    dialog.viewModel.choose(choice);
                }
            }
        }

        MethodRow {
            objectName: "row.method.recovery"
            iconName: "key"
            text: qsTr("Recovery code")
            description: qsTr("Turns off two-step login. Works once.")
            onClicked: {
                dialog.asked = false;
                dialog.steps.showRecovery();
            }
        }
    }

    buttons: [
        AppButton {
            objectName: "btn.cancel"
            text: qsTr("Cancel")
            onActivated: dialog.asked = false
        }
    ]
}
