// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Has a code sent by email once more, after a pause that its words count down.
AppButton {
    id: button

    // Until another code may be asked for.
    required property int seconds
    // Something else runs that a new code would disturb.
    property bool held: false

    objectName: "btn.resend"
    kind: AppButton.Link
    compact: true
    enabled: !button.held && button.seconds === 0
    text: WaitTexts.resendCode(button.seconds)
}
