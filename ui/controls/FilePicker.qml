// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Dialogs
import Sparekey

// The desktop's file dialog. Loaded only when needed; puts the chosen path into `field`.
FileDialog {
    id: picker

    required property AppTextField field
    property bool saving: false

    fileMode: saving ? FileDialog.SaveFile : FileDialog.OpenFile

    onAccepted: {
        picker.field.text = decodeURIComponent(String(picker.selectedFile).replace(/^file:\/\//, ""));
        picker.field.edited(picker.field.text);
    }
    Component.onCompleted: open()
}
