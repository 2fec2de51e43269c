// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

import Sparekey.SimulatedKey

/// The simulated key as a thing that can be held: where it is, its light, its contact to touch.
ApplicationWindow {
    id: window

    required property SimulatedKeyViewModel key
    readonly property int space: 12
    readonly property real neededHeight: content.implicitHeight + 2 * space

    title: qsTr("Simulated key")
    width: 380
    height: neededHeight
    minimumWidth: 300
    minimumHeight: neededHeight
    visible: true

    component KeyButton: Button {
        Layout.fillWidth: true
        // The same width whatever is written on it.
        Layout.preferredWidth: 1
        Keys.onReturnPressed: clicked()
        Keys.onEnterPressed: clicked()
        Accessible.onPressAction: if (enabled) clicked()
    }

    component Line: Label {
        Layout.fillWidth: true
        elide: Text.ElideRight
        textFormat: Text.PlainText
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    ColumnLayout {
        id: content

        anchors {
            left: parent.left
            right: parent.right
            top: parent.top
            margins: window.space
        }
        spacing: window.space

        RowLayout {
            spacing: window.space

            KeyPicture {
                blinking: window.key.blinking
                powered: window.key.pluggedIn || window.key.onReader
            }

            ColumnLayout {
                Line {
                    objectName: "place"
                    font.bold: true
                    text: window.key.pluggedIn ? qsTr("Plugged in.")
                        : window.key.onReader ? qsTr("Lies on the reader.") : qsTr("Lies aside.")
                }

                Line {
                    objectName: "light"
                    text: window.key.blinking ? qsTr("The light blinks: touch the key.")
                        : window.key.onReader ? qsTr("On a reader it needs no touch.")
                                              : qsTr("The light is off.")
                }
            }
        }

        RowLayout {
            spacing: window.space

            KeyButton {
                text: window.key.pluggedIn ? qsTr("&Pull out") : qsTr("&Plug in")
                Accessible.name: window.key.pluggedIn ? qsTr("Pull out") : qsTr("Plug in")
                onClicked: window.key.pluggedIn ? window.key.putAside() : window.key.plugIn()
                focus: true
            }

            KeyButton {
                text: window.key.onReader ? qsTr("Take of&f") : qsTr("&Lay on the reader")
                Accessible.name: window.key.onReader ? qsTr("Take off")
                                                     : qsTr("Lay on the reader")
                onClicked: window.key.onReader ? window.key.putAside() : window.key.placeOnReader()
            }
        }

        KeyButton {
            text: qsTr("&Touch")
            Accessible.name: qsTr("Touch")
            enabled: window.key.blinking
            highlighted: window.key.blinking
            onClicked: window.key.touch()
        }

        Line {
            objectName: "kept"
            text: qsTr("Registrations that it keeps: %1").arg(window.key.credentials)
        }

        Line {
            objectName: "pin"
            text: window.key.hasPin
                  ? qsTr("A PIN is set. Tries left: %1").arg(window.key.pinRetriesLeft)
                  : qsTr("No PIN is set.")
        }

        RowLayout {
            spacing: window.space

            TextField {
                id: pinField

                objectName: "pinField"
                Layout.fillWidth: true
                placeholderText: qsTr("New PIN")
                // The key protects nothing, and a PIN that can be read is easier to try.
                echoMode: TextInput.Normal
                Accessible.name: placeholderText
                onAccepted: pinButton.clicked()
                onTextEdited: refusal.visible = false
            }

            KeyButton {
                id: pinButton

                Layout.fillWidth: false
                Layout.preferredWidth: implicitWidth
                text: qsTr("&Set PIN")
                Accessible.name: qsTr("Set PIN")
                onClicked: {
                    refusal.visible = !window.key.setPin(pinField.text)
                    if (!refusal.visible)
                        pinField.clear()
                }
            }
        }

        Line {
            id: refusal

            objectName: "refusal"
            visible: false
            wrapMode: Text.Wrap
            text: qsTr("A PIN has at least %1 characters and at most 63.")
                  .arg(window.key.shortestPin)
            Accessible.role: Accessible.AlertMessage
        }

        Line {
            wrapMode: Text.Wrap
            text: qsTr("This key is made of software. It keeps everything in memory only, until "
                       + "this window is closed, and it protects nothing.")
            font.italic: true
        }
    }
}
