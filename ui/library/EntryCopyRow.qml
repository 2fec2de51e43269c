// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One copy of the codes outside the library, such as a printed sheet.
ColumnLayout {
    id: row

    required property int index
    required property string text
    required property string place
    required property string stateText
    required property bool isVoid
    required property bool isGone
    property bool changeable: true

    signal placeRequested
    signal checkedChosen
    signal destroyedChosen

    spacing: 2

    BodyText {
        Layout.fillWidth: true
        color: Theme.color.heading
        text: row.text
    }

    BodyText {
        Layout.fillWidth: true
        visible: text !== ""
        font.pixelSize: Theme.note
        text: row.place
    }

    BodyText {
        Layout.fillWidth: true
        visible: text !== ""
        font.pixelSize: Theme.note
        color: row.isVoid ? Theme.color.warning : Theme.color.subtle
        text: row.stateText
    }

    Flow {
        Layout.fillWidth: true
        Layout.topMargin: Theme.space1
        visible: row.changeable && !row.isGone
        spacing: Theme.space2

        AppButton {
            objectName: "btn.copyChecked." + row.index
            visible: !row.isVoid
            compact: true
            text: qsTr("Checked")
            description: qsTr("I have it in front of me, and it is readable.")
            onActivated: row.checkedChosen()
        }

        AppButton {
            objectName: "btn.copyPlace." + row.index
            compact: true
            text: qsTr("Place…")
            onActivated: row.placeRequested()
        }

        AppButton {
            id: destroyed

            objectName: "btn.copyDestroyed." + row.index
            compact: true
            text: qsTr("Destroyed")
            description: qsTr("This copy no longer exists.")
            onActivated: {
                // The buttons of this row disappear.
                const next = destroyed.nextItemInFocusChain();
                row.destroyedChosen();
                next.forceActiveFocus(Qt.TabFocusReason);
            }
        }
    }
}
