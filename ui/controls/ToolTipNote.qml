// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// A short note beside a control. What it says is also in the control's accessible description.
T.ToolTip {
    id: note

    delay: 400
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: -height - 6
    margins: Theme.space2
    padding: Theme.space2
    leftPadding: Theme.space3
    rightPadding: Theme.space3
    implicitWidth: Math.min(contentItem.implicitWidth + leftPadding + rightPadding, 320)
    implicitHeight: contentHeight + topPadding + bottomPadding
    contentHeight: contentItem.implicitHeight

    contentItem: Text {
        text: note.text
        color: Theme.color.toastInk
        font.family: Theme.sans
        font.pixelSize: Theme.small
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
    }

    background: Rectangle {
        radius: Theme.radiusSmall
        color: Theme.color.toast
    }
}
