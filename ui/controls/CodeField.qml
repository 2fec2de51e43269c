// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A one-time code of digits, which is entered in plain sight: it is of no use to somebody who
// looks over a shoulder, and a typing error has to be seen. What is pasted may have gaps
// ("123 456") and digits of any script; `core/text` reads it.
SecretField {
    label: qsTr("Verification code")
    covered: false
    warnsOfCapsLock: false
    digits: true
    maximumLength: 512
    pixelSize: Theme.title
    letterSpacing: 2
}
