// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The part of the preferences about signing in to the shown account on this computer.
ColumnLayout {
    id: part

    // Null after it was signed out or locked; this part is hidden then.
    required property AccountViewModel account
    readonly property string rememberedUntil: account?.rememberedUntil ?? ""

    spacing: 0

    Heading {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space6
        level: 2
        text: qsTr("Signing in on this computer")
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: 6
        Layout.bottomMargin: Theme.space3
        subtle: true
        text: qsTr("For %1 on %2. Saved in your keyring.")
              .arg(part.account?.email ?? "").arg(part.account?.serverTitle ?? "")
    }

    Card {
        Layout.fillWidth: true
        implicitHeight: lines.implicitHeight + 2 * Theme.space5

        ColumnLayout {
            id: lines

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.space5
            spacing: Theme.space5

            AppSwitch {
                Layout.fillWidth: true
                objectName: "switch.staySignedIn"
                visible: part.account?.canStaySignedIn ?? false
                headed: true
                text: qsTr("Stay signed in")
                description: qsTr("Enter only your master password next time.")
                checked: part.account?.staysSignedIn ?? false
                onToggled: {
                    part.account.staysSignedIn = checked;
                    checked = Qt.binding(() => part.account?.staysSignedIn ?? false);
                }
            }

            Divider {
                visible: part.account?.canStaySignedIn ?? false
            }

            PreferenceLine {
                objectName: "line.rememberedDevice"
                bare: part.rememberedUntil === ""
                title: qsTr("Second step")
                note: part.rememberedUntil !== ""
                      ? qsTr("Skipped here until %1, because you asked to remember this device.").arg(part.rememberedUntil)
                      : qsTr("Asked for at each sign-in. Select “Remember this device” at the second step to skip it here for 30 days.")

                AppButton {
                    objectName: "btn.forgetDevice"
                    text: qsTr("Forget this device")
                    onActivated: part.account.forgetDevice()
                }
            }
        }
    }
}
