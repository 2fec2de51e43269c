// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// A preview of the sheet, with the print options beside it, or above it in a narrow window.
AppDialog {
    id: dialog

    required property SheetViewModel viewModel

    readonly property bool printing: viewModel.work === SheetViewModel.Printing
    readonly property bool searching: viewModel.work === SheetViewModel.FindingPrinters
    // The content and the number of copies cannot be changed while CUPS is asked or a job runs.
    readonly property bool idle: viewModel.work === SheetViewModel.Idle
    readonly property bool noPrinter: !searching && viewModel.printers.count === 0
    readonly property bool setUp: viewModel.setUp
    // Of a service other than Bitwarden
    readonly property bool service: viewModel.ofService
    // From 0 on
    property int page: 0
    readonly property bool wide: width >= 640

    signal saveRequested
    // The user confirmed that the printed sheet is readable.
    signal printed

    objectName: "dlg.print"
    title: setUp ? qsTr("Print the setup sheet") : qsTr("Print the recovery sheet")
    bodyWidth: 800
    // The question appears before the paper comes out. A second Enter must not answer it.
    firstFocus: viewModel.asksPrintOutcome ? closing : send
    onShown: {
        dialog.page = 0;
        dialog.viewModel.reset();
        dialog.viewModel.findPrinters();
    }
    onDismissed: close()
    onClosed: viewModel.reset()

    Connections {
        target: dialog.viewModel

        // After a lock there is nothing left to print.
        function onSheetChanged() {
            if (dialog.viewModel.content === SheetViewModel.Nothing)
                dialog.close();
        }
    }

    GridLayout {
        Layout.fillWidth: true
        columnSpacing: Theme.space5
        rowSpacing: Theme.space4

        ColumnLayout {
            Layout.row: dialog.wide ? 0 : 1
            Layout.column: 0
            Layout.alignment: Qt.AlignTop | Qt.AlignHCenter
            spacing: Theme.space3

            SheetPreviewItem {
                id: preview

                Layout.preferredWidth: dialog.wide ? 344 : 240
                Layout.preferredHeight: Layout.preferredWidth * aspect
                objectName: "item.preview"
                sheet: dialog.viewModel
                page: Math.min(dialog.page, Math.max(0, dialog.viewModel.pages - 1))
                borderColor: Theme.color.border
                opacity: dialog.printing ? 0.6 : 1

                Accessible.role: Accessible.Graphic
                Accessible.name: dialog.setUp ? qsTr("Preview of the setup sheet")
                                              : qsTr("Preview of the recovery sheet")
            }

            AppSpinBox {
                Layout.alignment: Qt.AlignHCenter
                objectName: "spin.page"
                visible: dialog.viewModel.pages > 1
                label: qsTr("Page shown")
                from: 1
                to: Math.max(1, dialog.viewModel.pages)
                value: preview.page + 1
                onModified: value => dialog.page = value - 1
            }
        }

        ColumnLayout {
            Layout.row: 0
            Layout.column: dialog.wide ? 1 : 0
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            spacing: Theme.space4

            Callout {
                Layout.fillWidth: true
                objectName: "callout.outcome"
                visible: dialog.viewModel.asksPrintOutcome
                kind: Callout.Info
                alert: true
                title: dialog.viewModel.doneText
                text: qsTr("Check the paper. Is it readable?")

                onVisibleChanged: if (visible) closing.forceActiveFocus(Qt.OtherFocusReason)

                Flow {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space1
                    spacing: Theme.space2

                    AppButton {
                        objectName: "btn.printGood"
                        compact: true
                        text: qsTr("Yes, readable")
                        onActivated: {
                            dialog.viewModel.reportPrintOutcome(true);
                            dialog.close();
                            dialog.printed();
                        }
                    }

                    AppButton {
                        objectName: "btn.printBad"
                        compact: true
                        text: qsTr("No")
                        onActivated: {
                            dialog.viewModel.reportPrintOutcome(false);
                            bad.visible = true;
                            send.forceActiveFocus(Qt.OtherFocusReason);
                        }
                    }
                }
            }

            Callout {
                id: bad

                Layout.fillWidth: true
                visible: false
                alert: true
                text: qsTr("Not marked as printed. Shred the bad copy.")
            }

            Callout {
                Layout.fillWidth: true
                objectName: "callout.fonts"
                visible: text !== ""
                kind: Callout.Warning
                text: dialog.viewModel.fontWarning
            }

            Callout {
                Layout.fillWidth: true
                objectName: "callout.setUp"
                visible: dialog.setUp && !dialog.viewModel.asksPrintOutcome
                kind: Callout.Warning
                text: dialog.service
                      ? qsTr("Anyone with this sheet can create your codes without you noticing. Keep it apart from your password.")
                      : qsTr("Anyone with this sheet can create your codes without you noticing. Keep it apart from your master password.")
            }

            Callout {
                Layout.fillWidth: true
                objectName: "callout.printFailed"
                visible: dialog.viewModel.errorText !== "" && !dialog.noPrinter
                kind: Callout.Danger
                alert: true
                title: dialog.viewModel.errorText
                text: qsTr("Not marked as printed.")

                BodyText {
                    Layout.fillWidth: true
                    objectName: "txt.printFailedDetail"
                    visible: text !== ""
                    color: Theme.color.dangerText
                    font.pixelSize: Theme.small
                    text: dialog.viewModel.errorDetail
                }
            }

            Callout {
                Layout.fillWidth: true
                objectName: "callout.noPrinter"
                visible: dialog.noPrinter
                kind: Callout.Info
                alert: true
                title: dialog.viewModel.errorText
                text: qsTr("No printer found. You can save a PDF.")
            }

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.space3

                AppComboBox {
                    Layout.fillWidth: true
                    objectName: "combo.printer"
                    label: qsTr("Printer")
                    model: dialog.viewModel.printers
                    textRole: "title"
                    enabled: !dialog.noPrinter && !dialog.printing && !dialog.searching
                    currentIndex: dialog.viewModel.printerIndex
                    displayText: dialog.searching ? qsTr("Looking for printers…")
                               : dialog.noPrinter ? qsTr("None") : currentText
                    onChosen: index => dialog.viewModel.printerIndex = index
                }

                AppSpinBox {
                    objectName: "spin.copies"
                    label: qsTr("Copies")
                    from: 1
                    to: 9
                    value: dialog.viewModel.copies
                    enabled: dialog.idle
                    onModified: value => dialog.viewModel.copies = value
                }
            }

            ColumnLayout {
                spacing: 6

                FieldLabel {
                    text: qsTr("Paper")
                }

                SegmentedChoice {
                    objectName: "choice.paper"
                    enabled: dialog.idle
                    label: qsTr("Paper")
                    options: [qsTr("A4"), qsTr("Letter")]
                    currentIndex: dialog.viewModel.paper
                    onChosen: index => dialog.viewModel.paper = index
                }
            }

            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.space2

                AppSwitch {
                    Layout.fillWidth: true
                    objectName: "switch.qr"
                    enabled: dialog.idle
                    text: qsTr("QR code")
                    description: {
                        if (dialog.viewModel.qrCodeNote !== "")
                            return dialog.viewModel.qrCodeNote;
                        return dialog.setUp
                               ? qsTr("For a new phone to scan. A camera may upload the photo.")
                               : qsTr("Scan it instead of entering it. Your phone may upload the photo.");
                    }
                    checked: dialog.viewModel.withQrCode
                    onToggled: dialog.viewModel.withQrCode = checked
                }

                AppSwitch {
                    Layout.fillWidth: true
                    objectName: "switch.email"
                    enabled: dialog.idle
                    text: dialog.service ? qsTr("Account name") : qsTr("Email address")
                    description: {
                        if (dialog.setUp)
                            return qsTr("Omit it to hide whose key this is.");
                        return dialog.viewModel.content === SheetViewModel.CodeList
                               ? qsTr("Omit it to hide whose codes these are.")
                               : qsTr("Omit it to hide whose code this is.");
                    }
                    checked: dialog.viewModel.withEmail
                    onToggled: dialog.viewModel.withEmail = checked
                }
            }

            Callout {
                Layout.fillWidth: true
                objectName: "callout.keepsCopies"
                visible: text !== ""
                kind: Callout.Warning
                text: dialog.viewModel.printerWarning
            }

            BodyText {
                Layout.fillWidth: true
                visible: !dialog.noPrinter
                subtle: true
                font.pixelSize: Theme.small
                lineHeight: 1.2
                text: qsTr("The print queue holds a copy. Sparekey asks it to delete it.")
            }
        }
    }

    Shortcut {
        sequence: "Ctrl+P"
        enabled: dialog.visible && send.enabled
        onActivated: send.activated()
    }

    onOpened: bad.visible = false

    buttons: [
        AppButton {
            id: send

            objectName: "btn.sendPrint"
            kind: dialog.viewModel.asksPrintOutcome ? AppButton.Secondary : AppButton.Primary
            iconName: "printer"
            text: dialog.viewModel.asksPrintOutcome ? qsTr("Print again") : qsTr("Print")
            busy: dialog.printing
            blockedReason: dialog.noPrinter ? qsTr("No printer found. You can save a PDF.") : ""
            enabled: !dialog.searching
            onActivated: {
                bad.visible = false;
                dialog.viewModel.print();
            }
        },
        AppButton {
            objectName: "btn.printSavePdf"
            iconName: "save"
            text: qsTr("Save PDF…")
            enabled: !dialog.printing
            onActivated: {
                dialog.close();
                dialog.saveRequested();
            }
        },
        AppButton {
            id: closing

            objectName: "btn.close"
            text: qsTr("Close")
            onActivated: dialog.close()
        }
    ]
}
