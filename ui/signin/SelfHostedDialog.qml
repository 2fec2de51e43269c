// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Describes a self-hosted server, which is accepted only after it has answered.
AppDialog {
    id: dialog

    required property ServerPickerViewModel viewModel

    readonly property bool custom: environment.expanded

    function errorOf(place: int): string {
        return dialog.viewModel.errorField === place ? dialog.viewModel.errorText : "";
    }

    function check() {
        dialog.viewModel.checkSelfHosted(base.text, custom ? vault.text : "",
                                         custom ? api.text : "", custom ? identity.text : "",
                                         custom ? authority.text : "");
    }

    objectName: "dlg.selfHosted"
    title: qsTr("Self-hosted server")
    subtitle: qsTr("Your own Bitwarden or Vaultwarden server")
    firstFocus: base
    onDismissed: {
        dialog.viewModel.cancelCheck();
        dialog.close();
    }
    onShown: {
        base.text = dialog.viewModel.baseUrl;
        vault.text = dialog.viewModel.webVaultUrl;
        api.text = dialog.viewModel.apiUrl;
        identity.text = dialog.viewModel.identityUrl;
        authority.text = dialog.viewModel.certificateAuthorityFile;
        environment.expanded = vault.text !== "" || api.text !== "" || identity.text !== ""
                || authority.text !== "";
    }

    Connections {
        target: dialog.viewModel

        function onAccepted() {
            dialog.close();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "banner.server"
        visible: dialog.viewModel.errorText !== ""
                 && dialog.viewModel.errorField === ServerPickerViewModel.None
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    AppTextField {
        id: base

        Layout.fillWidth: true
        objectName: "field.baseUrl"
        label: qsTr("Server address")
        placeholder: "https://vault.example.org"
        hint: qsTr("The address of your web vault, for example https://vault.example.org")
        inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
        readOnly: dialog.viewModel.busy
        errorText: dialog.errorOf(ServerPickerViewModel.BaseUrl)
        onAccepted: dialog.check()
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.hostForms"
        visible: text !== ""
        font.pixelSize: Theme.small
        text: dialog.viewModel.hostForms(base.text)
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.software"
        visible: dialog.viewModel.softwareText !== "" && base.text === dialog.viewModel.baseUrl
        font.pixelSize: Theme.small
        text: qsTr("This server answers as %1.").arg(dialog.viewModel.softwareText)
    }

    Expander {
        id: environment

        Layout.fillWidth: true
        objectName: "expander.environment"
        title: qsTr("Custom environment")

        BodyText {
            Layout.fillWidth: true
            subtle: true
            font.pixelSize: Theme.note
            text: qsTr("Fill these in only if your administrator gave you separate addresses.")
        }

        AppTextField {
            id: vault

            Layout.fillWidth: true
            objectName: "field.webVaultUrl"
            label: qsTr("Web vault URL")
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
            readOnly: dialog.viewModel.busy
            errorText: dialog.errorOf(ServerPickerViewModel.WebVault)
            onAccepted: dialog.check()
        }

        AppTextField {
            id: api

            Layout.fillWidth: true
            objectName: "field.apiUrl"
            label: qsTr("API URL")
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
            readOnly: dialog.viewModel.busy
            errorText: dialog.errorOf(ServerPickerViewModel.Api)
            onAccepted: dialog.check()
        }

        AppTextField {
            id: identity

            Layout.fillWidth: true
            objectName: "field.identityUrl"
            label: qsTr("Identity URL")
            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoAutoUppercase
            readOnly: dialog.viewModel.busy
            errorText: dialog.errorOf(ServerPickerViewModel.Identity)
            onAccepted: dialog.check()
        }

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space2

            AppTextField {
                id: authority

                Layout.fillWidth: true
                objectName: "field.authority"
                label: qsTr("Own certificate authority (file)")
                hint: qsTr("If the server’s certificate is signed by an authority of your own: its certificate, in PEM form.")
                readOnly: dialog.viewModel.busy
                errorText: dialog.errorOf(ServerPickerViewModel.CertificateAuthority)
                onAccepted: dialog.check()
            }

            AppButton {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 23
                objectName: "btn.browseAuthority"
                iconName: "folder"
                text: qsTr("Browse…")
                enabled: !dialog.viewModel.busy
                onActivated: {
                    picker.source = "";
                    picker.setSource("../controls/FilePicker.qml", {
                        field: authority,
                        title: qsTr("Choose a certificate file"),
                        nameFilters: [qsTr("Certificates (*.pem *.crt *.cer)"), qsTr("All files (*)")]
                    });
                }
            }
        }
    }

    Loader {
        id: picker
    }

    buttons: [
        AppButton {
            objectName: "btn.saveServer"
            kind: AppButton.Primary
            text: qsTr("Connect")
            busy: dialog.viewModel.busy
            onActivated: dialog.check()
        },
        AppButton {
            objectName: "btn.cancelServer"
            text: qsTr("Cancel")
            onActivated: dialog.dismissed()
        }
    ]
}
