// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import Sparekey

// A note at the bottom of the window. It disappears after a while, but not while it has the focus.
// While a dialog is open, a new note waits until the dialog closes.
FocusScope {
    id: toast

    property string text: ""
    property string iconName: "check-circle"
    property int stay: 8000
    readonly property bool held: OpenDialogs.any

    function show(message: string) {
        toast.iconName = "check-circle";
        toast.text = message;
        timer.restart();
    }

    // The action failed.
    function warn(message: string) {
        toast.show(message);
        toast.iconName = "warning";
    }

    function dismiss() {
        toast.text = "";
    }

    implicitWidth: Math.min(row.implicitWidth + 28, 480)
    implicitHeight: Math.max(48, words.implicitHeight + 26)
    visible: text !== "" && !held
    activeFocusOnTab: false

    // A note from before the dialog is outdated.
    onHeldChanged: if (toast.held) toast.dismiss(); else timer.restart()

    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Keys.onEscapePressed: toast.dismiss()

    Timer {
        id: timer

        interval: toast.stay
        onTriggered: if (toast.activeFocus || toast.held) timer.restart(); else toast.dismiss()
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius + 2
        color: Theme.color.toast
    }

    Row {
        id: row

        anchors.left: parent.left
        anchors.leftMargin: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: toast.iconName
            size: 20
            color: Theme.color.toastInk
        }

        Text {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, 380)
            text: toast.text
            color: Theme.color.toastInk
            font.family: Theme.sans
            font.pixelSize: Theme.note
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.ignored: true
        }

        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            focus: true
            iconName: "close"
            text: qsTr("Close this note")
            color: Theme.color.toastInk
            ringColor: Theme.color.toastInk
            hoverColor: Theme.color.pressed
            onClicked: toast.dismiss()
        }
    }
}
