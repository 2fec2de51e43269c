// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Requests another code by email. Its text counts down until that is possible.
AppButton {
    id: button

    // Seconds until another code may be requested.
    required property int seconds
    // Another task is running that a new code would disturb.
    property bool held: false

    objectName: "btn.resend"
    kind: AppButton.Link
    compact: true
    enabled: !button.held && button.seconds === 0
    text: WaitTexts.resendCode(button.seconds)
}
