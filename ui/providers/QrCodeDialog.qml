// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One QR code, as large as the window allows.
AppDialog {
    id: dialog

    required property SecretText secret
    // The space that the dialog's frame leaves for the code.
    readonly property int side: parent ? Math.max(160, Math.min(parent.width - 96,
                                                                parent.height * 0.94 - 172)) : 160

    objectName: "dlg.qr"
    title: qsTr("QR code")
    bodyWidth: side + 2 * Theme.space5
    firstFocus: done
    onDismissed: close()

    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: dialog.side
        implicitHeight: dialog.side
        radius: Theme.radius
        color: "white"

        QrCodeItem {
            anchors.fill: parent
            secret: dialog.secret
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("QR code of the setup key")
        }
    }

    buttons: [
        AppButton {
            id: done

            objectName: "btn.close"
            text: qsTr("Close")
            onActivated: dialog.close()
        }
    ]
}
