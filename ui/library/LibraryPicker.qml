// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick.Dialogs
import Sparekey

// The desktop's dialog to choose a library. Loaded only when needed.
FileDialog {
    id: picker

    required property UnlockLibraryViewModel viewModel

    title: qsTr("Open a library of recovery codes")
    nameFilters: [qsTr("KeePass files (*.kdbx)"), qsTr("All files (*)")]

    onAccepted: picker.viewModel.chooseFile(String(picker.selectedFile))
    Component.onCompleted: open()
}
