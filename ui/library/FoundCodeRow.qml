// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One code that was found, with a tick whether it is saved.
RowLayout {
    id: row

    required property int index
    required property string number
    required property SecretText code
    required property bool chosen
    required property bool unsure
    required property bool used
    required property bool fits
    property bool hidden: false
    property bool numbered: true

    signal choose(bool chosen)
    signal use(bool used)

    spacing: Theme.space3

    Accessible.role: Accessible.ListItem
    Accessible.name: row.numbered ? qsTr("Code %1").arg(row.number) : qsTr("Code")

    AppCheckBox {
        objectName: "check.code." + row.index
        visible: row.numbered
        checked: row.chosen
        text: row.number
        Accessible.name: qsTr("Save code %1").arg(row.number)
        onToggled: row.choose(checked)
    }

    SecretTextItem {
        id: shown

        Layout.fillWidth: true
        implicitHeight: 20
        objectName: "code.found." + row.index
        secret: row.code
        hidden: row.hidden
        activeFocusOnTab: true
        color: row.chosen ? Theme.color.heading : Theme.color.subtle
        fontFamily: Theme.mono
        pixelSize: Theme.text
        columns: 8

        Accessible.role: Accessible.StaticText
        Accessible.name: row.numbered ? qsTr("Code %1").arg(row.number) : qsTr("Code")
        Accessible.focusable: true

        FocusRing {
            shown: LastInput.byKey && shown.activeFocus
            anchors.margins: -4
            around: Theme.radiusSmall
        }
    }

    BodyText {
        visible: !row.fits
        color: Theme.color.warning
        font.pixelSize: Theme.small
        wrapMode: Text.NoWrap
        text: qsTr("Unusual")
    }

    AppCheckBox {
        objectName: "check.used." + row.index
        visible: row.unsure
        checked: row.used
        text: qsTr("Used")
        Accessible.name: qsTr("Code %1 is used").arg(row.number)
        onToggled: row.use(checked)
    }
}
