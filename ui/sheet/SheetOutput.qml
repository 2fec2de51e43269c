// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import Sparekey

// The outputs of a sheet: printer, PDF, protected PDF, text. Has no visible parts itself.
Item {
    id: output

    required property SheetViewModel viewModel

    // The user confirmed that the printed sheet is readable.
    signal printed

    function openPrint() {
        (printing.load() as PrintDialog).open();
    }

    function save(format: int) {
        (saving.load() as SaveDialog).openFor(format);
    }

    // Opens the menu below `button`.
    function offerFormats(button: Item) {
        formats.popup(button, 0, button.height + 4);
    }

    // After a lock there is nothing left to save.
    Connections {
        target: output.viewModel

        function onSheetChanged() {
            if (output.viewModel.content === SheetViewModel.Nothing)
                formats.close();
        }
    }

    AppMenu {
        id: formats

        label: qsTr("Save as…")

        AppMenuItem {
            objectName: "menu.savePdf"
            iconName: "file"
            text: qsTr("PDF")
            note: qsTr("Anyone with the file can read it")
            onTriggered: output.save(SheetViewModel.Pdf)
        }

        AppMenuItem {
            objectName: "menu.saveProtectedPdf"
            iconName: "file-lock"
            text: qsTr("PDF with password")
            note: qsTr("Needs a passphrase to open")
            onTriggered: output.save(SheetViewModel.ProtectedPdf)
        }

        AppMenuItem {
            objectName: "menu.saveText"
            iconName: "file-text"
            text: qsTr("Text")
            note: qsTr("Not protected, opens anywhere")
            onTriggered: output.save(SheetViewModel.Text)
        }
    }

    OnDemand {
        id: printing

        PrintDialog {
            viewModel: output.viewModel
            onSaveRequested: output.save(SheetViewModel.Pdf)
            onPrinted: output.printed()
        }
    }

    OnDemand {
        id: saving

        SaveDialog {
            viewModel: output.viewModel
        }
    }
}
