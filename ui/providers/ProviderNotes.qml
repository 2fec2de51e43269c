// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Notes in the dialog of a method about the last change: why it failed, how long to wait for the
// server, and what was changed elsewhere.
ColumnLayout {
    id: notes

    required property ProviderViewModel viewModel
    // A question in front shows notes of its own.
    property bool covered: false

    readonly property bool failed: viewModel.errorText !== "" && !covered
    readonly property bool waits: viewModel.waitText !== "" && !covered
    readonly property bool noticed: viewModel.noticeText !== "" && !covered

    visible: failed || waits || noticed
    spacing: Theme.space4

    Callout {
        Layout.fillWidth: true
        objectName: "banner.error"
        visible: notes.failed
        kind: Callout.Danger
        alert: true
        text: notes.viewModel.errorText
    }

    // The seconds are a separate text: within the alert, a screen reader would repeat it every
    // second.
    Callout {
        Layout.fillWidth: true
        objectName: "callout.wait"
        visible: notes.waits
        kind: Callout.Warning
        alert: true
        text: qsTr("Too many attempts. The server wants you to wait.")

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.wait"
            text: notes.viewModel.waitText
            color: Theme.color.warningText
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.notice"
        visible: notes.noticed
        kind: Callout.Info
        alert: true
        text: notes.viewModel.noticeText
    }
}
