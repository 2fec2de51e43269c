// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// A field for a secret, with its label above and its hint or error below. Its text is not a
// property. It is not on the accessibility bus either, even while it is visible, because the bus
// copies it into other processes. Screen readers still echo the keys. A view-model takes the text
// from `entry`.
FocusScope {
    id: field

    property string label: ""
    // For a field without a label above it.
    property string accessibleName: label
    property string hint: ""
    property string errorText: ""
    property string placeholder: ""
    property bool readOnly: false
    // Shows dots until the user reveals the text.
    property bool covered: true
    property bool warnsOfCapsLock: true
    readonly property alias empty: input.empty
    readonly property alias shown: input.shown
    readonly property alias capsLock: input.capsLock
    property alias digits: input.digits
    property alias maximumLength: input.maximumLength
    property alias pixelSize: input.pixelSize
    property alias letterSpacing: input.letterSpacing
    readonly property alias frame: frame
    // Items to the right of the text.
    property alias trailing: side.data
    // Passed to view-models instead of a string.
    readonly property SecretEntry entry: SecretEntry {
        input: input
        onTaken: field.clear()
    }

    signal accepted
    signal edited

    // For a demo account, whose password is no secret.
    function fill(text: string) {
        input.fill(text);
    }

    function clear() {
        input.shown = !field.covered;
        input.clear();
    }

    function selectAll() {
        input.selectAll();
    }

    function toggleShown() {
        input.shown = !input.shown;
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

        FieldFrame {
            id: frame

            Layout.fillWidth: true
            focused: input.activeFocus
            wrong: field.errorText !== ""
            hovered: hover.hovered
            dimmed: field.readOnly || !field.enabled

            HoverHandler {
                id: hover
            }

            SecretInput {
                id: input

                anchors.left: parent.left
                anchors.right: side.left
                height: parent.height
                focus: true
                leftPadding: Theme.space3
                fontFamily: Theme.mono
                pixelSize: Theme.text
                color: Theme.color.heading
                selectionColor: Theme.color.brand
                selectedTextColor: Theme.color.brandInk
                readOnly: field.readOnly
                shown: !field.covered

                Accessible.role: Accessible.EditableText
                Accessible.name: field.accessibleName
                Accessible.description: field.errorText !== "" ? field.errorText
                                      : caps.needed ? caps.words : field.hint
                Accessible.focusable: true
                Accessible.focused: input.activeFocus
                Accessible.readOnly: field.readOnly

                onAccepted: field.accepted()
                onEdited: field.edited()
            }

            OnDemand {
                anchors.fill: input
                anchors.leftMargin: Theme.space3
                needed: field.placeholder !== "" && input.empty

                Text {
                    verticalAlignment: Text.AlignVCenter
                    text: field.placeholder
                    color: Theme.color.subtle
                    font.family: Theme.sans
                    font.pixelSize: Theme.text
                    elide: Text.ElideRight
                    textFormat: Text.PlainText
                    Accessible.ignored: true
                }
            }

            Item {
                id: side

                anchors.right: parent.right
                anchors.rightMargin: 3
                anchors.verticalCenter: parent.verticalCenter
                implicitWidth: childrenRect.width
                implicitHeight: childrenRect.height
            }
        }

        OnDemand {
            id: caps

            readonly property string words: qsTr("Caps Lock is on.")

            Layout.fillWidth: true
            needed: field.warnsOfCapsLock && input.capsLock && input.activeFocus

            RowLayout {
                spacing: 6

                Icon {
                    name: "caps-lock"
                    size: 16
                    color: Theme.color.warning
                }

                Text {
                    Layout.fillWidth: true
                    text: caps.words
                    color: Theme.color.warning
                    font.family: Theme.sans
                    font.pixelSize: Theme.small
                    font.weight: Font.DemiBold
                    Accessible.role: Accessible.AlertMessage
                    Accessible.name: text
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
