// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A one-time code of digits. What is pasted may have gaps ("123 456"); whoever takes the text
// drops them.
AppTextField {
    id: field

    label: qsTr("Verification code")
    inputMethodHints: Qt.ImhPreferNumbers | Qt.ImhNoPredictiveText | Qt.ImhSensitiveData
    maximumLength: 24

    Component.onCompleted: {
        inputItem.font.family = Theme.mono;
        inputItem.font.pixelSize = Qt.binding(() => Theme.title);
        inputItem.font.letterSpacing = 2;
    }
}
