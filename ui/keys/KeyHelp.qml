// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// What to do when a key does not appear, may not be opened, or is used on a reader.
ColumnLayout {
    id: help

    required property bool forbidden
    required property string readerProblemText

    spacing: Theme.space2

    Callout {
        Layout.fillWidth: true
        objectName: "callout.forbidden"
        visible: help.forbidden
        kind: Callout.Warning
        alert: true
        title: qsTr("This computer does not let you use the key")
        text: qsTr("Sit at the computer itself and sign in to its desktop: over a remote connection, keys stay closed. If Sparekey runs in a sandbox, give it access to devices. If neither helps, ask whoever runs this computer to save the line below as a rule for udev, and plug the key in again.")

        Rectangle {
            Layout.fillWidth: true
            Layout.topMargin: Theme.space1
            implicitHeight: rule.implicitHeight + 2 * Theme.space2
            radius: Theme.radiusSmall
            color: Theme.color.surface
            border.width: 1
            border.color: Theme.color.warningBorder

            TextEdit {
                id: rule

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.margins: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                objectName: "txt.udevRule"
                text: "KERNEL==\"hidraw*\", SUBSYSTEM==\"hidraw\", ENV{ID_SECURITY_TOKEN}==\"1\", TAG+=\"uaccess\""
                readOnly: true
                selectByMouse: true
                activeFocusOnTab: true
                wrapMode: TextEdit.WrapAnywhere
                textFormat: TextEdit.PlainText
                color: Theme.color.heading
                selectionColor: Theme.color.brand
                selectedTextColor: Theme.color.brandInk
                font.family: Theme.mono
                // Otherwise ligatures would draw two characters as one, and nobody could copy the
                // line by hand.
                font.preferShaping: false
                font.pixelSize: Theme.small

                Accessible.role: Accessible.EditableText
                Accessible.name: qsTr("Rule for udev, in /etc/udev/rules.d/70-security-keys.rules")
                Accessible.readOnly: true

                FocusRing {
                    shown: rule.activeFocus
                    anchors.margins: -Theme.space2
                    around: Theme.radiusSmall
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            font.pixelSize: Theme.small
            color: Theme.color.warningText
            text: qsTr("The file is called /etc/udev/rules.d/70-security-keys.rules.")
        }
    }

    Expander {
        Layout.fillWidth: true
        objectName: "expander.notListed"
        title: qsTr("My key does not appear")

        BodyText {
            Layout.fillWidth: true
            text: qsTr("Take it out and plug it in again, directly and not through a hub. It has to be a FIDO2 or U2F security key: other USB sticks and cards with a chip are not listed. If Sparekey runs in a sandbox, give it access to devices.")
        }
    }

    Expander {
        Layout.fillWidth: true
        objectName: "expander.reader"
        title: qsTr("My key goes on a reader (NFC)")

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.reader"
            text: help.readerProblemText !== ""
                  ? help.readerProblemText
                  : qsTr("Connect the reader: it is listed above as soon as the system knows it. Then place the key on it and leave it there until it has been read.")
        }
    }
}
