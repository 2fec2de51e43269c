// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Shows what the user has to do with a security key: within the page or dialog, never as a separate
// window.
FocusScope {
    id: prompt

    required property KeyPromptViewModel viewModel

    readonly property bool asksForPin: viewModel.stage === KeyPromptViewModel.Pin
    readonly property bool waitsForTouch: viewModel.stage === KeyPromptViewModel.Touch
    // In steps of ten seconds, so that a screen reader does not speak every second.
    readonly property int toldSeconds: Math.ceil(viewModel.secondsLeft / 10) * 10

    function takeFocus() {
        if (prompt.asksForPin)
            pin.forceActiveFocus(Qt.OtherFocusReason);
        else
            stop.forceActiveFocus(Qt.OtherFocusReason);
    }

    implicitWidth: 320
    implicitHeight: panel.implicitHeight
    visible: viewModel.active

    Connections {
        target: prompt.viewModel

        function onPinWanted() {
            if (prompt.visible)
                focusTimer.start();
        }
    }

    // When the prompt changes while it has the focus, the focus must not stay on a hidden item.
    onAsksForPinChanged: if (prompt.activeFocus && prompt.visible) focusTimer.start()

    // Runs after the field is shown; the prompt may be closed by then.
    Timer {
        id: focusTimer

        interval: 0
        onTriggered: if (prompt.visible) prompt.takeFocus()
    }

    Rectangle {
        id: panel

        anchors.left: parent.left
        anchors.right: parent.right
        implicitHeight: content.implicitHeight + 2 * Theme.space4
        radius: Theme.radius + 2
        color: Theme.color.sunken
        border.width: 1
        border.color: Theme.color.border

        ColumnLayout {
            id: content

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.space4
            spacing: Theme.space3

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space4

                TouchRing {
                    seconds: prompt.viewModel.secondsLeft
                    beats: prompt.viewModel.active && !prompt.asksForPin
                    iconName: prompt.asksForPin ? "lock" : "passkey"
                }

                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 3

                    Heading {
                        Layout.fillWidth: true
                        objectName: "txt.keyPrompt"
                        level: 3
                        text: prompt.viewModel.title
                        Accessible.role: Accessible.AlertMessage
                        Accessible.name: prompt.viewModel.title
                        Accessible.description: prompt.waitsForTouch
                            ? qsTr("It blinks. %n second(s) left.", "", prompt.toldSeconds)
                            : prompt.viewModel.text
                    }

                    BodyText {
                        Layout.fillWidth: true
                        visible: prompt.viewModel.deviceName !== ""
                        font.pixelSize: Theme.small
                        subtle: true
                        text: prompt.viewModel.deviceName
                        elide: Text.ElideRight
                        maximumLineCount: 2
                    }

                    BodyText {
                        Layout.fillWidth: true
                        text: prompt.viewModel.text
                        Accessible.ignored: true
                    }

                    BodyText {
                        Layout.fillWidth: true
                        visible: prompt.viewModel.secondsLeft > 0
                        font.pixelSize: Theme.small
                        subtle: true
                        text: qsTr("%n second(s) left", "", prompt.viewModel.secondsLeft)
                        Accessible.ignored: true
                    }
                }
            }

            PasswordField {
                id: pin

                Layout.fillWidth: true
                objectName: "field.pin"
                visible: prompt.asksForPin
                focus: prompt.asksForPin
                label: qsTr("PIN of the key")
                showText: qsTr("Show PIN")
                hideText: qsTr("Hide PIN")
                errorText: prompt.viewModel.pinErrorText
                onAccepted: prompt.viewModel.submitPin(pin.entry)
                onVisibleChanged: pin.clear()
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.pinRetries"
                visible: prompt.asksForPin && prompt.viewModel.pinRetriesText !== ""
                         && (prompt.viewModel.pinRetriesFew || prompt.viewModel.pinErrorText === "")
                font.pixelSize: Theme.small
                color: prompt.viewModel.pinRetriesFew ? Theme.color.danger : Theme.color.subtle
                text: prompt.viewModel.pinRetriesText
                Accessible.role: prompt.viewModel.pinRetriesFew ? Accessible.AlertMessage
                                                              : Accessible.StaticText
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.keyNotes"
                visible: prompt.viewModel.noteText !== ""
                font.pixelSize: Theme.small
                subtle: true
                text: prompt.viewModel.noteText
                Accessible.role: Accessible.AlertMessage
            }

            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                AppButton {
                    objectName: "btn.pin"
                    visible: prompt.asksForPin
                    compact: true
                    kind: AppButton.Primary
                    text: qsTr("Continue")
                    description: qsTr("With this PIN")
                    onActivated: prompt.viewModel.submitPin(pin.entry)
                }

                AppButton {
                    objectName: "btn.skipPin"
                    visible: prompt.asksForPin && prompt.viewModel.pinCanBeSkipped
                    compact: true
                    text: qsTr("Continue without PIN")
                    onActivated: prompt.viewModel.skipPin()
                }

                AppButton {
                    id: stop

                    focus: !prompt.asksForPin
                    objectName: "btn.cancelKey"
                    compact: true
                    text: qsTr("Stop")
                    description: qsTr("Stops waiting for the key")
                    onActivated: prompt.viewModel.cancel()
                }
            }
        }
    }
}
