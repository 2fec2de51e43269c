// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// A secret to type. Its text is not offered as a property: a view-model takes it out of `entry`,
// once. Qt 6.4 gives the text of a password field in clear to every program on the accessibility
// bus; so the field that is seen there is a wrapper without text, and the true one is left out.
FocusScope {
    id: field

    property string label: qsTr("Master password")
    property string hint: ""
    property string errorText: ""
    property bool readOnly: false
    property string showText: qsTr("Show password")
    property string hideText: qsTr("Hide password")
    readonly property bool empty: input.length === 0
    readonly property bool shown: input.echoMode === TextInput.Normal
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
        input.text = text;
    }

    function clear() {
        input.echoMode = TextInput.Password;
        input.text = "";
    }

    function selectAll() {
        input.selectAll();
    }

    function toggleShown() {
        input.echoMode = shown ? TextInput.Password : TextInput.Normal;
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

            FocusScope {
                id: told

                anchors.left: parent.left
                anchors.right: eye.left
                height: parent.height
                focus: true

                Accessible.role: Accessible.EditableText
                Accessible.name: field.label
                Accessible.description: field.errorText !== "" ? field.errorText
                                      : caps.needed ? caps.words : field.hint
                Accessible.focusable: true
                Accessible.focused: input.activeFocus
                Accessible.readOnly: field.readOnly

                T.TextField {
                    id: input

                    property bool capsLock: false

                    anchors.fill: parent
                    focus: true
                    leftPadding: Theme.space3
                    rightPadding: Theme.space1
                    verticalAlignment: TextInput.AlignVCenter
                    echoMode: TextInput.Password
                    passwordCharacter: "●"
                    inputMethodHints: Qt.ImhSensitiveData | Qt.ImhHiddenText | Qt.ImhNoPredictiveText
                                      | Qt.ImhNoAutoUppercase
                    font.family: shown ? Theme.mono : Theme.sans
                    font.pixelSize: echoMode === TextInput.Normal ? Theme.text : 12
                    font.letterSpacing: echoMode === TextInput.Normal ? 0 : 2
                    readonly property bool shown: echoMode === TextInput.Normal
                    color: Theme.color.heading
                    selectionColor: Theme.color.brand
                    selectedTextColor: Theme.color.brandInk
                    selectByMouse: true
                    readOnly: field.readOnly
                    clip: true

                    Accessible.ignored: true

                    onAccepted: field.accepted()
                    onTextEdited: field.edited()
                    onActiveFocusChanged: if (!activeFocus) input.capsLock = false

                    // There is no portable way to ask for the lock; a letter tells it.
                    Keys.onPressed: event => {
                        if (event.key === Qt.Key_CapsLock) {
                            input.capsLock = !input.capsLock;
                        } else if (event.key >= Qt.Key_A && event.key <= Qt.Key_Z
                                   && event.text.length === 1
                                   && !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier
                                                           | Qt.MetaModifier))) {
                            const upper = event.text === event.text.toUpperCase();
                            input.capsLock = upper !== ((event.modifiers & Qt.ShiftModifier) !== 0);
                        }
                    }
                }
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
