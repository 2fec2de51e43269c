// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A small number, with its label above.
FocusScope {
    id: field

    property string label: ""
    property alias value: box.value
    property alias from: box.from
    property alias to: box.to

    signal modified(int value)

    implicitWidth: 128
    implicitHeight: column.implicitHeight

    // `increase()` and `decrease()` do not emit `valueModified` when called from code.
    function step(change: var) {
        if (!box.enabled)
            return;
        const before = box.value;
        change();
        if (box.value !== before)
            field.modified(box.value);
    }

    component Step: Item {
        id: step

        required property string iconName
        required property bool usable
        required property bool held

        implicitWidth: 34
        implicitHeight: Theme.controlHeight

        Rectangle {
            anchors.fill: parent
            anchors.margins: 3
            radius: Theme.radiusSmall
            color: step.held ? Theme.color.pressed : "transparent"
        }

        Icon {
            anchors.centerIn: parent
            name: step.iconName
            size: 16
            color: step.usable ? Theme.color.body : Theme.color.disabled
        }
    }

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

        T.SpinBox {
            id: box

            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            focus: true
            focusPolicy: Qt.StrongFocus
            hoverEnabled: true
            editable: true
            leftPadding: 36
            rightPadding: 36
            font.family: Theme.sans
            font.pixelSize: Theme.text

            Accessible.role: Accessible.SpinBox
            Accessible.name: field.label
            Accessible.onIncreaseAction: field.step(() => box.increase())
            Accessible.onDecreaseAction: field.step(() => box.decrease())

            onValueModified: field.modified(box.value)

            validator: IntValidator {
                bottom: box.from
                top: box.to
            }

            background: FieldFrame {
                focused: box.activeFocus
                hovered: box.hovered
                dimmed: !box.enabled
            }

            contentItem: TextInput {
                text: box.displayText
                font: box.font
                color: Theme.color.heading
                selectionColor: Theme.color.brand
                selectedTextColor: Theme.color.brandInk
                horizontalAlignment: Qt.AlignHCenter
                verticalAlignment: Qt.AlignVCenter
                validator: box.validator
                inputMethodHints: Qt.ImhDigitsOnly
                Accessible.ignored: true
            }

            up.indicator: Step {
                x: box.width - width
                height: box.height
                iconName: "plus"
                usable: box.value < box.to
                held: box.up.pressed
            }

            down.indicator: Step {
                height: box.height
                iconName: "minus"
                usable: box.value > box.from
                held: box.down.pressed
            }
        }
    }
}
