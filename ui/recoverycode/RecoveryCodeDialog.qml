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
    // The code of a first method is not left without a word about where it is kept.
    readonly property bool asksToKeep: shows && viewModel.firstMethod
    readonly property bool windowActive: area.Window.active

    title: qsTr("Two-step login")
    subtitle: qsTr("Recovery code")
    bodyWidth: 600
    visible: shows || viewModel.stage === RecoveryCodeViewModel.NoCode
    firstFocus: shows ? printButton : done
    onDismissed: viewModel.later()
    onShown: elsewhere.checked = false

    Callout {
        Layout.fillWidth: true
        objectName: "callout.firstMethod"
        visible: dialog.shows && dialog.viewModel.firstMethod
        kind: Callout.Success
        alert: true
        text: qsTr("Two-step login is on. Before you go on, keep this code where you can reach it without this computer.")
    }

    BodyText {
        Layout.fillWidth: true
        visible: dialog.shows
        text: qsTr("This code turns off two-step login once. You also need your email and your master password. It changes when you use it.")
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

            onCopyRequested: if (!dialog.viewModel.hidden) dialog.viewModel.copy()
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

    RowLayout {
        Layout.fillWidth: true
        objectName: "line.clipboard"
        visible: dialog.viewModel.clipboardSeconds > 0
        spacing: Theme.space2

        Icon {
            name: "check-circle"
            size: 18
            color: Theme.color.success
        }

        BodyText {
            Layout.fillWidth: true
            font.pixelSize: 14
            text: qsTr("Copied. The clipboard is cleared in %n second(s).", "",
                       dialog.viewModel.clipboardSeconds)
        }
    }

    AppCheckBox {
        id: elsewhere

        Layout.fillWidth: true
        objectName: "check.kept"
        visible: dialog.asksToKeep && !dialog.viewModel.copied
        text: qsTr("I have kept it somewhere else")
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
        enabled: dialog.visible && dialog.shows && !dialog.viewModel.hidden
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
    }

    buttons: [
        AppButton {
            id: printButton

            objectName: "btn.print"
            visible: dialog.shows
            kind: AppButton.Primary
            iconName: "printer"
            text: qsTr("Print…")
            blockedReason: dialog.viewModel.hidden ? qsTr("Show the code first.") : ""
            onActivated: output.openPrint()
        },
        AppButton {
            id: saveButton

            objectName: "btn.saveAs"
            visible: dialog.shows
            iconName: "save"
            menuIndicator: true
            text: qsTr("Save as…")
            blockedReason: dialog.viewModel.hidden ? qsTr("Show the code first.") : ""
            onActivated: output.offerFormats(saveButton)
        },
        AppButton {
            objectName: "btn.copy"
            visible: dialog.shows
            iconName: "copy"
            text: qsTr("Copy")
            blockedReason: dialog.viewModel.hidden ? qsTr("Show the code first.") : ""
            onActivated: dialog.viewModel.copy()
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
            text: qsTr("Done")
            blockedReason: dialog.viewModel.copied || elsewhere.checked
                           ? "" : qsTr("Print or save the code first, or say that you have kept it.")
            onActivated: {
                if (dialog.viewModel.copied)
                    dialog.viewModel.close();
                else
                    dialog.viewModel.keptElsewhere();
            }
        },
        AppButton {
            objectName: "btn.later"
            visible: dialog.asksToKeep && !dialog.viewModel.copied
            kind: AppButton.Link
            text: qsTr("Later")
            onActivated: dialog.viewModel.later()
        }
    ]
}
