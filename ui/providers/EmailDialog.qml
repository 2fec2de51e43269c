// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Sets up codes by email in two steps, changes the address, or turns the method off.
ProviderDialog {
    id: dialog

    required property EmailViewModel viewModel

    readonly property bool asks: !viewModel.on || viewModel.changing
    readonly property bool expectsCode: viewModel.codeFor !== ""
    readonly property bool waits: viewModel.resendSeconds > 0 && viewModel.sentTo !== ""

    function send() {
        dialog.viewModel.sendCode(address.text);
    }

    objectName: "dlg.email"
    provider: viewModel
    key: "email"
    looking: !asks
    entered: asks && (address.text !== viewModel.address || !code.empty)
    firstFocus: (asks ? address : closeButton) as Item
    onShown: {
        address.text = dialog.viewModel.address;
        code.clear();
    }
    onClosed: code.clear()

    Connections {
        target: dialog.viewModel

        function onAddressWanted() {
            address.forceActiveFocus(Qt.OtherFocusReason);
            address.selectAll();
        }

        function onCodeWanted() {
            code.forceActiveFocus(Qt.OtherFocusReason);
            code.selectAll();
        }
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.address"
        visible: dialog.viewModel.on && !dialog.viewModel.changing
        text: qsTr("Email: %1").arg(dialog.viewModel.address)
        textFormat: Text.PlainText
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.foreign"
        visible: dialog.viewModel.foreignAddress && !dialog.viewModel.changing
        kind: Callout.Info
        text: qsTr("Codes go to an address that is not your account address. Is it still yours?")
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.asks
        text: qsTr("Confirm your address with an emailed code. Make sure you can open this email account without your Bitwarden vault.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.drop"
        visible: dialog.viewModel.mayDropOldAddress
        kind: Callout.Warning
        text: qsTr("Some servers, such as Vaultwarden, forget the old address as soon as a code is sent to the new one. Have your recovery code ready and enter the new code right away.")
    }

    AppTextField {
        id: address

        Layout.fillWidth: true
        objectName: "field.address"
        visible: dialog.asks
        label: qsTr("1. Email for the codes")
        errorText: dialog.viewModel.addressErrorText
        readOnly: dialog.viewModel.busy
        maximumLength: 256
        inputMethodHints: Qt.ImhEmailCharactersOnly | Qt.ImhNoPredictiveText
        onEdited: text => {
            dialog.viewModel.addressEdited(text);
            if (!dialog.expectsCode)
                code.clear();
        }
        onAccepted: dialog.send()
    }

    RowLayout {
        Layout.fillWidth: true
        visible: dialog.asks
        spacing: Theme.space3

        AppButton {
            objectName: "btn.sendEmail"
            compact: true
            kind: dialog.viewModel.sentTo === "" ? AppButton.Primary : AppButton.Secondary
            iconName: "email"
            text: dialog.viewModel.sentTo === "" ? qsTr("Send email") : qsTr("Send again")
            busy: dialog.viewModel.sending
            blockedReason: dialog.waits
                           ? qsTr("You can send another code in %n second(s).", "",
                                  dialog.viewModel.resendSeconds)
                           : dialog.viewModel.waitText
            onActivated: dialog.send()
        }

        AppButton {
            objectName: "btn.haveCode"
            visible: !dialog.expectsCode
            compact: true
            kind: AppButton.Link
            text: qsTr("I already have a code")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.viewModel.useExistingCode(address.text)
        }

        Icon {
            visible: dialog.viewModel.sentTo !== ""
            name: "check-circle"
            size: 18
            color: Theme.color.success
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.sent"
            visible: dialog.viewModel.sentTo !== ""
            font.pixelSize: Theme.note
            text: qsTr("Code sent to %1").arg(dialog.viewModel.sentTo)
            textFormat: Text.PlainText
            Accessible.role: Accessible.AlertMessage
        }
    }

    CodeField {
        id: code

        Layout.fillWidth: true
        objectName: "field.code"
        visible: dialog.asks
        enabled: dialog.expectsCode
        label: qsTr("2. Code from the email")
        errorText: dialog.viewModel.codeErrorText
        readOnly: dialog.viewModel.busy
        onAccepted: dialog.viewModel.turnOn(code.entry)
    }

    actions: [
        AppButton {
            objectName: "btn.turnOn"
            visible: dialog.asks
            kind: AppButton.Primary
            text: dialog.viewModel.changing ? qsTr("Save address") : qsTr("Turn on")
            busy: dialog.viewModel.busy && !dialog.viewModel.sending
            blockedReason: dialog.expectsCode ? dialog.viewModel.waitText
                                              : qsTr("Send the email first.")
            onActivated: dialog.viewModel.turnOn(code.entry)
        },
        AppButton {
            objectName: "btn.change"
            visible: !dialog.asks
            text: qsTr("Change address…")
            onActivated: dialog.viewModel.change()
        }
    ]
}
