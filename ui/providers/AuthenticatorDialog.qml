// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// Sets up the authenticator app, shows its key again, or turns it off.
ProviderDialog {
    id: dialog

    required property AuthenticatorViewModel viewModel

    function submit() {
        if (!dialog.viewModel.on)
            dialog.viewModel.turnOn(code.entry);
    }

    objectName: "dlg.authenticator"
    provider: viewModel
    key: "authenticator"
    firstFocus: (viewModel.on ? closeButton : code) as Item
    entered: !viewModel.on && !code.empty
    opensAtTop: true
    onShown: code.clear()
    onClosed: code.clear()

    Connections {
        target: dialog.viewModel

        function onCodeWanted() {
            code.forceActiveFocus(Qt.OtherFocusReason);
            code.selectAll();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keyReplaced"
        visible: dialog.viewModel.keyReplaced && !dialog.viewModel.on
        kind: Callout.Warning
        alert: true
        text: qsTr("The server made a new setup key. Remove the entry that you just added to the app and scan this code instead.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.clock"
        visible: dialog.viewModel.clockText !== ""
        kind: Callout.Info
        text: dialog.viewModel.clockText
    }

    BodyText {
        Layout.fillWidth: true
        text: dialog.viewModel.on
              ? qsTr("To add it to another device, show the same QR code again.")
              : qsTr("1. Install an authenticator app (Aegis, 2FAS, Bitwarden Authenticator). 2. Scan the code. 3. Enter the 6 digits.")
    }

    AppButton {
        objectName: "btn.reveal"
        visible: dialog.viewModel.on && !dialog.viewModel.revealed
        iconName: "eye"
        text: qsTr("Show QR code and setup key")
        onActivated: dialog.viewModel.reveal()
    }

    Rectangle {
        id: panel

        Layout.fillWidth: true
        visible: dialog.viewModel.revealed
        implicitHeight: secret.implicitHeight + 32
        radius: Theme.radius + 2
        color: Theme.color.sunken
        border.width: 1
        border.color: Theme.color.border

        GridLayout {
            id: secret

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: 16
            columns: panel.width < 430 ? 1 : 2
            columnSpacing: Theme.space5
            rowSpacing: Theme.space4

            Rectangle {
                Layout.alignment: Qt.AlignHCenter
                visible: !qr.failed
                implicitWidth: 212
                implicitHeight: 212
                radius: 8
                color: "white"

                QrCodeItem {
                    id: qr

                    objectName: "qr.key"
                    anchors.fill: parent
                    anchors.margins: 4
                    secret: dialog.viewModel.uri
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("QR code of the setup key")
                }
            }

            BodyText {
                Layout.fillWidth: true
                objectName: "txt.qrFailed"
                visible: qr.failed
                text: qsTr("The QR code could not be drawn. Enter the setup key instead.")
            }

            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignVCenter
                spacing: Theme.space3

                FieldLabel {
                    Layout.fillWidth: true
                    text: qsTr("Setup key")
                }

                SecretTextItem {
                    id: key

                    Layout.fillWidth: true
                    objectName: "code.key"
                    secret: dialog.viewModel.keyText
                    color: Theme.color.heading
                    fontFamily: Theme.mono
                    pixelSize: 17
                    columns: 4
                    groupGap: 8
                    Accessible.role: Accessible.StaticText
                    Accessible.name: qsTr("Setup key")
                    Accessible.focusable: true
                    onCopyRequested: dialog.viewModel.copyKey()

                    FocusRing {
                        shown: key.activeFocus
                        anchors.margins: -6
                        around: Theme.radiusSmall
                    }
                }

                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space2

                    AppButton {
                        objectName: "btn.copyKey"
                        compact: true
                        iconName: "copy"
                        text: qsTr("Copy setup key")
                        onActivated: dialog.viewModel.copyKey()
                    }

                    AppButton {
                        objectName: "btn.enlargeQr"
                        visible: !qr.failed
                        compact: true
                        iconName: "enlarge"
                        text: qsTr("Enlarge QR code")
                        onActivated: (enlarged.load() as QrCodeDialog).open()
                    }
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: dialog.viewModel.clipboardSeconds > 0
                    font.pixelSize: Theme.small
                    text: qsTr("Copied. Clipboard clears in %n second(s).", "",
                               dialog.viewModel.clipboardSeconds)
                }
            }
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.keySecret"
        visible: dialog.viewModel.revealed
        kind: Callout.Warning
        text: qsTr("Anyone with this QR code can create your codes. Keep it apart from your password.")
    }

    // Only after a code has shown that the setup key is right.
    Flow {
        Layout.fillWidth: true
        visible: dialog.viewModel.revealed && dialog.viewModel.on
        spacing: Theme.space2

        AppButton {
            objectName: "btn.printKey"
            compact: true
            iconName: "printer"
            text: qsTr("Print…")
            enabled: !dialog.viewModel.busy
            onActivated: output.openPrint()
        }

        AppButton {
            id: saveButton

            objectName: "btn.saveKey"
            compact: true
            iconName: "save"
            menuIndicator: true
            text: qsTr("Save as…")
            enabled: !dialog.viewModel.busy
            onActivated: output.offerFormats(saveButton)
        }
    }

    SheetOutput {
        id: output

        viewModel: dialog.viewModel.sheet
    }

    OnDemand {
        id: enlarged

        QrCodeDialog {
            secret: dialog.viewModel.uri
        }
    }

    RowLayout {
        Layout.fillWidth: true
        visible: !dialog.viewModel.on
        spacing: Theme.space3

        CodeField {
            id: code

            Layout.fillWidth: true
            objectName: "field.code"
            hint: qsTr("The 6 digits that the app shows now.")
            errorText: dialog.viewModel.codeErrorText
            readOnly: dialog.viewModel.busy
            onEdited: dialog.scrollArea.follow()
            onAccepted: dialog.submit()
        }

        SecondsRing {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: code.frame.y
            objectName: "ring.code"
            visible: dialog.viewModel.codeSeconds > 0
            seconds: dialog.viewModel.codeSeconds
        }
    }

    actions: AppButton {
        objectName: "btn.turnOn"
        visible: !dialog.viewModel.on
        kind: AppButton.Primary
        text: qsTr("Turn on")
        busy: dialog.viewModel.busy
        blockedReason: dialog.viewModel.waitText
        onActivated: dialog.submit()
    }
}
