// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Says that a code can also be read from a card reader, if there is one.
ColumnLayout {
    id: tap

    required property OtpTapViewModel viewModel
    // The page can take a code now.
    property bool wanted: false

    visible: tap.viewModel.text !== ""
    spacing: Theme.space1

    // Delayed, so that it does not change items while they are drawn.
    Binding {
        target: tap.viewModel
        property: "active"
        value: tap.wanted
        delayed: true
    }

    Component.onDestruction: tap.viewModel.active = false

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.otpTap"
        subtle: true
        font.pixelSize: Theme.small
        text: tap.viewModel.text
    }

    BodyText {
        Layout.fillWidth: true
        objectName: "txt.otpTapError"
        visible: tap.viewModel.errorText !== ""
        font.pixelSize: Theme.small
        color: Theme.color.danger
        text: tap.viewModel.errorText
        Accessible.role: Accessible.AlertMessage
    }
}
