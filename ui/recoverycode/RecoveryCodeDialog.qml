// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// The recovery code, and the ways to keep it.
AppDialog {
    id: dialog

    required property RecoveryCodeViewModel viewModel

    readonly property bool shows: viewModel.stage === RecoveryCodeViewModel.Shown
    // After the first method was turned on, the dialog asks whether the code is kept.
    readonly property bool asksToKeep: shows && viewModel.firstMethod
    readonly property bool windowActive: area.Window.active
    property bool wasCopied: false

    title: qsTr("Recovery code")
    subtitle: viewModel.accountText
    bodyWidth: 600
    visible: shows || viewModel.stage === RecoveryCodeViewModel.NoCode
    firstFocus: shows ? printButton : done
    onDismissed: viewModel.postpone()
    onShown: {
        elsewhere.checked = false;
        dialog.wasCopied = false;
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.firstMethod"
        visible: dialog.shows && dialog.viewModel.firstMethod
        kind: Callout.Success
        alert: true
        text: dialog.viewModel.copied
              ? qsTr("Two-step login is on, and you have a copy of the code.")
              : qsTr("Two-step login is on. Keep this code where you can reach it without this computer.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.shows
        text: qsTr("Turns off two-step login, with your email and master password. Works once. Then you need a new code.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.noCode"
        visible: dialog.viewModel.stage === RecoveryCodeViewModel.NoCode
        kind: Callout.Info
        text: dialog.viewModel.firstMethod
              ? qsTr("The server made no recovery code. Turn on the authenticator app once: that creates it.")
              : qsTr("There is no recovery code yet. Turn on a method first, then come back.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.unusual"
        visible: dialog.shows && dialog.viewModel.unusual
        kind: Callout.Warning
        text: qsTr("This code looks unusual. Copy it exactly.")
    }

    Rectangle {
        id: area

        Layout.fillWidth: true
        visible: dialog.shows
        implicitHeight: code.implicitHeight + 48
        radius: Theme.radius + 2
        color: Theme.color.sunken
        border.width: 1
        border.color: Theme.color.border

        SecretTextItem {
            id: code

            objectName: "code.recovery"
            anchors.centerIn: parent
            width: Math.min(implicitWidth, area.width - 132)
            height: implicitHeight
            secret: dialog.viewModel.code
            hidden: dialog.viewModel.hidden
            color: Theme.color.heading
            fontFamily: Theme.mono
            pixelSize: area.width < 430 ? 17 : Theme.code
            columns: 4

            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Recovery code")
            Accessible.focusable: true

            onCopyRequested: {
                if (dialog.viewModel.hidden)
                    return;
                dialog.viewModel.copy();
                dialog.wasCopied = true;
            }
            onToggleRequested: dialog.viewModel.hidden = !dialog.viewModel.hidden

            FocusRing {
                shown: code.activeFocus
                anchors.margins: -10
                around: Theme.radiusSmall
            }
        }

        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: Theme.space3
            anchors.verticalCenter: parent.verticalCenter
            objectName: "btn.hide"
            iconName: dialog.viewModel.hidden ? "eye" : "eye-off"
            text: dialog.viewModel.hidden ? qsTr("Show code") : qsTr("Hide code")
            onClicked: dialog.viewModel.hidden = !dialog.viewModel.hidden
        }
    }

    BodyText {
        Layout.fillWidth: true
        Layout.topMargin: -4
        visible: dialog.shows
        subtle: true
        font.pixelSize: Theme.small
        text: dialog.viewModel.originText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.copies"
        visible: dialog.shows && text !== ""
        font.pixelSize: Theme.small
        text: dialog.viewModel.copiesText
    }

    RowLayout {
        Layout.fillWidth: true
        objectName: "line.clipboard"
        visible: dialog.wasCopied
        spacing: Theme.space2

        Icon {
            name: "check-circle"
            size: 18
            color: Theme.color.success
        }

        BodyText {
            Layout.fillWidth: true
            font.pixelSize: Theme.note
            text: dialog.viewModel.clipboardSeconds > 0
                  ? qsTr("Copied. Clipboard clears in %n second(s).", "",
                         dialog.viewModel.clipboardSeconds)
                  : qsTr("Clipboard cleared.")
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.replacedInLibrary"
        visible: dialog.shows && dialog.viewModel.replacedInLibrary
        kind: Callout.Warning
        alert: true
        text: qsTr("Your library had an older code. That code is void now, and so are its copies. This code replaces it.")
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.libraryError"
        visible: dialog.shows && dialog.viewModel.libraryErrorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.libraryErrorText
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.inLibrary"
        visible: dialog.shows && text !== ""
        subtle: true
        font.pixelSize: Theme.small
        text: {
            switch (dialog.viewModel.inLibrary) {
            case RecoveryCodeViewModel.NoLibrary:
                return qsTr("To keep it in a library, you make one encrypted file for all recovery codes.");
            case RecoveryCodeViewModel.Locked:
                return qsTr("To keep it in your library, you open the library with its passphrase.");
            case RecoveryCodeViewModel.ReadOnly:
                return qsTr("Your library is read-only, so it can’t keep this code.");
            case RecoveryCodeViewModel.NotKept:
                return "";
            case RecoveryCodeViewModel.Kept:
                return qsTr("Kept in your library. Copies that you make here are listed there.");
            }
        }
    }

    AppCheckBox {
        id: elsewhere

        Layout.fillWidth: true
        objectName: "check.kept"
        visible: dialog.asksToKeep && !dialog.viewModel.copied
        text: qsTr("I saved it another way")
    }

    // A code that nobody looks at must not stay on the screen.
    Timer {
        interval: 120 * 1000
        running: dialog.shows && !dialog.viewModel.hidden
        onTriggered: dialog.viewModel.hidden = true
    }

    Timer {
        interval: 60 * 1000
        running: dialog.shows && !dialog.viewModel.hidden && !dialog.windowActive
        onTriggered: dialog.viewModel.hidden = true
    }

    Shortcut {
        sequence: "Ctrl+P"
        enabled: dialog.visible && dialog.shows
        onActivated: output.openPrint()
    }

    Shortcut {
        sequence: "Alt+S"
        enabled: dialog.visible && dialog.shows
        onActivated: dialog.viewModel.hidden = !dialog.viewModel.hidden
    }

    SheetOutput {
        id: output

        viewModel: dialog.viewModel.sheet
        onPrinted: dialog.viewModel.close()
    }

    buttons: [
        AppButton {
            id: printButton

            objectName: "btn.print"
            visible: dialog.shows
            kind: dialog.viewModel.copied ? AppButton.Secondary : AppButton.Primary
            iconName: "printer"
            text: qsTr("Print…")
            onActivated: output.openPrint()
        },
        AppButton {
            id: saveButton

            objectName: "btn.saveAs"
            visible: dialog.shows
            iconName: "save"
            menuIndicator: true
            text: qsTr("Save as…")
            onActivated: output.offerFormats(saveButton)
        },
        AppButton {
            objectName: "btn.copy"
            visible: dialog.shows
            iconName: "copy"
            text: qsTr("Copy")
            onActivated: {
                dialog.viewModel.copy();
                dialog.wasCopied = true;
            }
        },
        AppButton {
            objectName: "btn.keepInLibrary"
            visible: dialog.shows && dialog.viewModel.inLibrary !== RecoveryCodeViewModel.Kept
                     && dialog.viewModel.inLibrary !== RecoveryCodeViewModel.ReadOnly
            iconName: "recovery-codes"
            text: dialog.viewModel.inLibrary === RecoveryCodeViewModel.NotKept ? qsTr("Keep in library")
                                                                              : qsTr("Keep in library…")
            busy: dialog.viewModel.savingInLibrary
            onActivated: dialog.viewModel.keepInLibrary()
        },
        AppButton {
            id: done

            objectName: "btn.close"
            visible: !dialog.asksToKeep
            text: qsTr("Close")
            onActivated: dialog.viewModel.close()
        },
        AppButton {
            objectName: "btn.done"
            visible: dialog.asksToKeep
            kind: dialog.viewModel.copied ? AppButton.Primary : AppButton.Secondary
            text: qsTr("Done")
            blockedReason: dialog.viewModel.copied || elsewhere.checked
                           ? "" : qsTr("Print or save the code first, or select the box above.")
            onActivated: {
                if (dialog.viewModel.copied)
                    dialog.viewModel.close();
                else
                    dialog.viewModel.confirmKeptElsewhere();
            }
        },
        AppButton {
            objectName: "btn.later"
            visible: dialog.asksToKeep && !dialog.viewModel.copied
            kind: AppButton.Link
            text: qsTr("Later")
            onActivated: dialog.viewModel.postpone()
        }
    ]
}
