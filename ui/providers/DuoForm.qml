// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The form for the three values of Duo, for an account or an organization. Enter in any field
// submits.
ColumnLayout {
    id: fields

    required property DuoFormViewModel form
    property bool readOnly: false
    // Enter does nothing now; the entries stay.
    property bool blocked: false
    readonly property Item firstField: clientId
    readonly property bool empty: clientId.text === "" && clientSecret.empty && host.text === ""

    function submit() {
        if (!fields.readOnly && !fields.blocked)
            fields.form.submit(clientSecret.entry);
    }

    spacing: Theme.space4

    Component.onCompleted: {
        fields.form.editClientId(clientId.text);
        fields.form.editHost(host.text);
    }

    Connections {
        target: fields.form

        function onFieldWanted(field: int) {
            const item = field === DuoFormViewModel.ClientId ? clientId
                       : field === DuoFormViewModel.ClientSecret ? clientSecret : host;
            (item as Item).forceActiveFocus(Qt.OtherFocusReason);
        }

        function onCleared() {
            clientId.text = "";
            clientSecret.clear();
            host.text = "";
        }
    }

    AppTextField {
        id: clientId

        Layout.fillWidth: true
        objectName: "field.clientId"
        label: qsTr("Client ID")
        hint: fields.form.clientIdHint
        errorText: fields.form.clientIdErrorText
        readOnly: fields.readOnly
        maximumLength: 128
        inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
        onEdited: text => fields.form.editClientId(text)
        onAccepted: fields.submit()
    }

    PasswordField {
        id: clientSecret

        Layout.fillWidth: true
        objectName: "field.clientSecret"
        label: qsTr("Client secret")
        showText: qsTr("Show secret")
        hideText: qsTr("Hide secret")
        hint: fields.readOnly ? "" : fields.form.clientSecretHint
        errorText: fields.form.clientSecretErrorText
        readOnly: fields.readOnly
        onEdited: fields.form.editClientSecret(clientSecret.entry)
        onAccepted: fields.submit()
    }

    AppTextField {
        id: host

        Layout.fillWidth: true
        objectName: "field.host"
        label: qsTr("API hostname")
        placeholder: "api-xxxxxxxx.duosecurity.com"
        hint: qsTr("It begins with api- and ends in duosecurity.com or duofederal.com.")
        errorText: fields.form.hostErrorText
        readOnly: fields.readOnly
        maximumLength: 256
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
        onEdited: text => fields.form.editHost(text)
        onAccepted: fields.submit()
    }
}
