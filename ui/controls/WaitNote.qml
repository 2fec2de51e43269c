// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// Shown while the server accepts no further attempt.
BodyText {
    id: note

    required property int seconds

    objectName: "txt.wait"
    visible: note.seconds > 0
    color: Theme.color.danger
    text: WaitTexts.tooManyAttempts(note.seconds)
}
