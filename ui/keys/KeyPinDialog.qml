// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Sets the PIN of a key, or changes it.
AppDialog {
    id: dialog

    required property KeyPinViewModel viewModel
    readonly property bool working: viewModel.prompt.active
    property int wanted: KeyPinViewModel.Current // a KeyPinViewModel.Field

    function submit() {
        if (!dialog.working)
            dialog.viewModel.submit(current.entry, newPin.entry, again.entry);
    }

    function clear() {
        current.clear();
        newPin.clear();
        again.clear();
    }

    objectName: "dlg.keyPin"
    title: viewModel.changes ? qsTr("Change the PIN") : qsTr("Set a PIN")
    subtitle: viewModel.keyName
    bodyWidth: 520
    visible: viewModel.open
    cancels: working
    focusFollows: true
    firstFocus: {
        if (prompt.visible)
            return prompt;
        return viewModel.changes && wanted === KeyPinViewModel.Current ? current : newPin;
    }
    onShown: {
        wanted = KeyPinViewModel.Current;
        clear();
    }
    onClosed: clear()
    onDismissed: working ? viewModel.prompt.cancel() : viewModel.close()

    Connections {
        target: dialog.viewModel

        function onFieldWanted(field: int) {
            dialog.wanted = field;
            dialog.takeFocus();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.keyPin"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    BodyText {
        Layout.fillWidth: true
        text: dialog.viewModel.changes
              ? qsTr("Only the PIN changes. Everything else on the key stays as it is.")
              : qsTr("With a PIN, whoever finds the key cannot look into it or use it where a PIN is asked for.")
    }

    PasswordField {
        id: current

        Layout.fillWidth: true
        objectName: "field.currentPin"
        visible: dialog.viewModel.changes
        label: qsTr("Current PIN")
        showText: qsTr("Show PIN")
        hideText: qsTr("Hide PIN")
        readOnly: dialog.working
        errorText: dialog.viewModel.currentErrorText
        onAccepted: newPin.forceActiveFocus(Qt.TabFocusReason)
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: -4
        objectName: "txt.pinRetries"
        visible: dialog.viewModel.retriesText !== ""
        font.pixelSize: Theme.small
        color: dialog.viewModel.retriesFew ? Theme.color.danger : Theme.color.subtle
        text: dialog.viewModel.retriesText
        Accessible.role: dialog.viewModel.retriesFew ? Accessible.AlertMessage
                                                   : Accessible.StaticText
    }

    PasswordField {
        id: newPin

        Layout.fillWidth: true
        objectName: "field.newPin"
        label: dialog.viewModel.changes ? qsTr("New PIN") : qsTr("PIN")
        hint: dialog.viewModel.ruleText
        showText: qsTr("Show PIN")
        hideText: qsTr("Hide PIN")
        readOnly: dialog.working
        errorText: dialog.viewModel.newErrorText
        onAccepted: again.forceActiveFocus(Qt.TabFocusReason)
    }

    PasswordField {
        id: again

        Layout.fillWidth: true
        objectName: "field.againPin"
        label: dialog.viewModel.changes ? qsTr("New PIN once more") : qsTr("PIN once more")
        showText: qsTr("Show PIN")
        hideText: qsTr("Hide PIN")
        readOnly: dialog.working
        onAccepted: dialog.submit()
    }

    BodyText {
        Layout.fillWidth: true
        subtle: true
        font.pixelSize: Theme.small
        text: qsTr("Nobody can look the PIN up, not even the maker. After eight wrong ones only a reset helps, which deletes everything on the key.")
    }

    KeyPrompt {
        id: prompt

        Layout.fillWidth: true
        viewModel: dialog.viewModel.prompt
    }

    buttons: [
        AppButton {
            objectName: "btn.savePin"
            kind: AppButton.Primary
            text: dialog.viewModel.changes ? qsTr("Change PIN") : qsTr("Set PIN")
            busy: dialog.working
            onActivated: dialog.submit()
        },
        AppButton {
            objectName: "btn.close"
            text: dialog.working ? qsTr("Cancel") : qsTr("Close")
            onActivated: dialog.working ? dialog.viewModel.prompt.cancel()
                                        : dialog.viewModel.close()
        }
    ]
}
