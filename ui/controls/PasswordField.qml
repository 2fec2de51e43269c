// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// A field for a secret. Its text is not offered as a property: a view-model takes it out of
// `entry`, once.
FocusScope {
    id: field

    property string label: qsTr("Master password")
    property string hint: ""
    property string errorText: ""
    property bool readOnly: false
    property string showText: qsTr("Show password")
    property string hideText: qsTr("Hide password")
    readonly property alias empty: input.empty
    readonly property alias shown: input.shown
    readonly property alias capsLock: input.capsLock
    // What view-models get instead of a text.
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
        input.shown = false;
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
        }

        FieldFrame {
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
                anchors.right: eye.left
                height: parent.height
                focus: true
                leftPadding: Theme.space3
                fontFamily: Theme.mono
                pixelSize: Theme.text
                color: Theme.color.heading
                selectionColor: Theme.color.brand
                selectedTextColor: Theme.color.brandInk
                readOnly: field.readOnly

                Accessible.role: Accessible.EditableText
                Accessible.name: field.label
                Accessible.description: field.errorText !== "" ? field.errorText
                                      : caps.needed ? caps.words : field.hint
                Accessible.focusable: true
                Accessible.focused: input.activeFocus
                Accessible.readOnly: field.readOnly

                onAccepted: field.accepted()
                onEdited: field.edited()
            }

            IconButton {
                id: eye

                anchors.right: parent.right
                anchors.rightMargin: 3
                anchors.verticalCenter: parent.verticalCenter
                implicitWidth: 34
                implicitHeight: 34
                iconName: field.shown ? "eye-off" : "eye"
                text: field.shown ? field.hideText : field.showText
                description: qsTr("Alt+S")
                onClicked: field.toggleShown()
            }
        }

        OnDemand {
            id: caps

            readonly property string words: qsTr("Caps Lock is on.")

            Layout.fillWidth: true
            needed: input.capsLock && input.activeFocus

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

    Shortcut {
        sequence: "Alt+S"
        enabled: field.visible && field.enabled && field.activeFocus
        onActivated: field.toggleShown()
    }
}
