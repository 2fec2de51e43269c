// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// Several lines of text with a label above and a hint below. Tab leaves the field.
FocusScope {
    id: field

    property string label: ""
    property string hint: ""
    property bool readOnly: false
    property alias text: input.text

    implicitWidth: 320
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: 6

        FieldLabel {
            Layout.fillWidth: true
            text: field.label
        }

        FieldFrame {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.max(Theme.scaled(76), input.implicitHeight)
            focused: input.activeFocus
            hovered: input.hovered
            dimmed: field.readOnly || !field.enabled

            T.TextArea {
                id: input

                anchors.fill: parent
                implicitHeight: contentHeight + topPadding + bottomPadding
                focus: true
                padding: 10
                leftPadding: Theme.space3
                rightPadding: Theme.space3
                font.family: Theme.sans
                font.pixelSize: Theme.text
                color: Theme.color.heading
                selectionColor: Theme.color.brand
                selectedTextColor: Theme.color.brandInk
                selectByMouse: true
                readOnly: field.readOnly
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.Wrap

                Accessible.role: Accessible.EditableText
                Accessible.multiLine: true
                Accessible.name: field.label
                Accessible.description: field.hint

                Keys.onTabPressed: input.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                Keys.onBacktabPressed: input.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
            }
        }

        FieldNote {
            Layout.fillWidth: true
            visible: field.hint !== ""
            hint: field.hint
        }
    }
}
