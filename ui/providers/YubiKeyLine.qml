// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One of the five lines of the Yubico OTP dialog: a key, or the field into which a key types its
// code. The Enter that follows each code only marks its end.
FocusScope {
    id: line

    required property int index
    required property int number
    required property string keyId
    required property bool unsaved
    required property string errorText
    property bool readOnly: false
    property bool fixed: false

    readonly property bool taken: keyId !== ""

    signal edited(SecretEntry entry)
    signal entered
    signal removed

    // Focuses the field for the next touch, or to correct the entry.
    function takeFocus() {
        code.forceActiveFocus(Qt.OtherFocusReason);
        code.selectAll();
    }

    onTakenChanged: code.clear()

    objectName: "line.yubiKey." + number
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: 6

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space3

            BodyText {
                Layout.preferredWidth: 84
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 9
                text: qsTr("YubiKey %1").arg(line.number)
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            FieldFrame {
                Layout.fillWidth: true
                visible: line.taken
                dimmed: true

                RowLayout {
                    anchors.fill: parent
                    anchors.leftMargin: Theme.space3
                    anchors.rightMargin: 3
                    spacing: Theme.space2

                    Text {
                        Layout.fillWidth: true
                        text: line.keyId + "••••••••"
                        color: Theme.color.heading
                        font.family: Theme.mono
                        font.pixelSize: Theme.text
                        elide: Text.ElideRight
                        textFormat: Text.PlainText
                        Accessible.role: Accessible.StaticText
                        Accessible.name: line.unsaved
                            ? qsTr("YubiKey %1: %2, not saved yet").arg(line.number).arg(line.keyId)
                            : qsTr("YubiKey %1: %2").arg(line.number).arg(line.keyId)
                    }

                    Badge {
                        visible: line.unsaved
                        text: qsTr("Not saved yet")
                        Accessible.ignored: true
                    }

                    IconButton {
                        objectName: "btn.remove." + line.number
                        implicitWidth: 34
                        implicitHeight: 34
                        visible: !line.fixed
                        enabled: !line.readOnly
                        iconName: "minus"
                        text: qsTr("Remove YubiKey %1").arg(line.number)
                        description: line.keyId
                        onClicked: line.removed()
                    }
                }
            }

            // Not hidden, because each code works only once.
            SecretField {
                id: code

                Layout.fillWidth: true
                objectName: "field.yubiKey." + line.number
                focus: true
                visible: !line.taken
                accessibleName: qsTr("YubiKey %1, empty").arg(line.number)
                placeholder: code.activeFocus ? qsTr("Touch your key now…") : ""
                errorText: line.errorText
                readOnly: line.readOnly
                maximumLength: 128
                covered: false
                warnsOfCapsLock: false
                onEdited: line.edited(code.entry)
                onAccepted: line.entered()
            }
        }
    }
}
