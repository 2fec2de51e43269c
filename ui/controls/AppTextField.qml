// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A line of text with its label above and its hint or error below.
FocusScope {
    id: field

    property string label: ""
    // For a field without a label above it.
    property string accessibleName: label
    property string hint: ""
    property string errorText: ""
    property bool readOnly: false
    property string placeholder: ""
    property alias text: input.text
    property alias inputMethodHints: input.inputMethodHints
    property alias maximumLength: input.maximumLength
    // Counts user-perceived characters; 0 means no limit.
    property alias mostCharacters: limit.most
    readonly property alias inputItem: input

    signal accepted
    signal edited(string text)

    function selectAll() {
        input.selectAll();
    }

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
            visible: field.label !== ""
        }

        T.TextField {
            id: input

            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            focus: true
            leftPadding: Theme.space3
            rightPadding: Theme.space3
            verticalAlignment: TextInput.AlignVCenter
            font.family: Theme.sans
            font.pixelSize: Theme.text
            color: Theme.color.heading
            selectionColor: Theme.color.brand
            selectedTextColor: Theme.color.brandInk
            selectByMouse: true
            readOnly: field.readOnly
            clip: true
            validator: CharacterLimit {
                id: limit
            }

            Accessible.role: Accessible.EditableText
            Accessible.name: field.accessibleName
            Accessible.description: field.errorText !== "" ? field.errorText : field.hint

            onAccepted: field.accepted()
            onTextEdited: field.edited(text)

            background: FieldFrame {
                focused: input.activeFocus
                wrong: field.errorText !== ""
                hovered: input.hovered
                dimmed: field.readOnly || !field.enabled
            }

            OnDemand {
                anchors.fill: parent
                anchors.leftMargin: Theme.space3
                anchors.rightMargin: Theme.space3
                needed: field.placeholder !== "" && input.text === "" && input.preeditText === ""

                Text {
                    verticalAlignment: Text.AlignVCenter
                    text: field.placeholder
                    font: input.font
                    color: Theme.color.subtle
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
            }
        }

        OnDemand {
            Layout.fillWidth: true
            needed: field.errorText !== "" || field.hint !== ""

            FieldNote {
                errorText: field.errorText
                hint: field.hint
            }
        }
    }
}
