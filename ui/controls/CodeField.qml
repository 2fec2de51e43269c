// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A field for a one-time code of digits. The digits are visible: a code is of little use to a
// shoulder surfer, and the user must see typing errors. Pasted text may have gaps ("123 456") and
// digits of any script; `core/text` normalizes it.
SecretField {
    label: qsTr("Verification code")
    covered: false
    warnsOfCapsLock: false
    digits: true
    maximumLength: 512
    pixelSize: Theme.title
    letterSpacing: 2
}
