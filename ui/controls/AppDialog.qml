// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Sparekey

// The frame of every dialog: title, subtitle, a body that scrolls, and buttons below. The focus
// moves into the dialog when it opens, stays inside, and returns to the previous control when it
// closes. The owner controls `visible`; ✕ and Esc only emit `dismissed`. Of stacked dialogs, only
// the top one is shown.
T.Popup {
    id: dialog

    property string title: ""
    property string subtitle: ""
    // A write is running: Esc does nothing.
    property bool held: false
    // ✕ cancels such a write.
    property bool cancels: false
    property string closeText: cancels ? qsTr("Cancel") : qsTr("Close")
    property int bodyWidth: 576
    // The control that the user most likely needs next. It gets the focus when the dialog opens,
    // and when the focused control is hidden or disabled.
    property Item firstFocus: null
    // The user first reads what is above `firstFocus`.
    property bool opensAtTop: false
    // For a dialog with steps: the focus moves to `firstFocus` whenever `firstFocus` changes.
    property bool focusFollows: false
    property Item opener: null
    property alias buttons: foot.data
    default property alias body: scroller.content
    // For a LongList in the body.
    readonly property alias scrollArea: scroller

    readonly property bool canFocus: firstFocus !== null && firstFocus.visible && firstFocus.enabled
    readonly property Item focused: parent ? parent.Window.activeFocusItem : null
    readonly property bool focusIsLost: activeFocus && canFocus
        && (focused === null || focused === contentItem.parent || !focused.visible
            || !focused.enabled)

    signal dismissed
    signal shown

    readonly property bool covered: visible && !OpenDialogs.isHighest(dialog)

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 2) : 0
    width: parent ? Math.min(bodyWidth, parent.width - 32) : bodyWidth
    height: parent ? Math.min(implicitHeight, Math.round(parent.height * 0.94)) : implicitHeight
    implicitHeight: head.implicitHeight + scroller.columnHeight + 8 + base.implicitHeight
    padding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.NoAutoClose

    onAboutToShow: {
        dialog.opener = dialog.parent ? dialog.parent.Window.activeFocusItem : null;
        OpenDialogs.add(dialog);
    }
    onVisibleChanged: {
        if (dialog.visible) {
            scroller.contentY = 0;
            dialog.shown();
            focusTimer.start();
        }
    }
    onFirstFocusChanged: if (dialog.focusFollows && dialog.activeFocus) focusTimer.start()
    onFocusIsLostChanged: if (dialog.focusIsLost) lostTimer.start()
    onClosed: {
        OpenDialogs.remove(dialog);
        if (dialog.opener && dialog.opener.visible)
            dialog.opener.forceActiveFocus(Qt.PopupFocusReason);
        dialog.opener = null;
    }
    // A page that is destroyed destroys its open dialogs too.
    Component.onDestruction: if (dialog.visible) OpenDialogs.remove(dialog)

    function takeFocus() {
        if (!dialog.visible)
            return;
        (dialog.canFocus ? dialog.firstFocus : heading).forceActiveFocus(Qt.OtherFocusReason);
    }

    enter: Transition {
        NumberAnimation {
            property: "opacity"
            from: 0
            to: 1
            duration: Theme.quick
        }
    }

    // One shade below all dialogs. In Qt 6.4 this is not a bound component.
    // qmllint disable unqualified
    T.Overlay.modal: Rectangle {
        color: Theme.color.overlay
        visible: OpenDialogs.isLowest(dialog)
    }
    // qmllint enable unqualified

    background: Rectangle {
        radius: Theme.radiusLarge
        color: Theme.color.raised
        border.width: 1
        border.color: Theme.color.border
        opacity: dialog.covered ? 0 : 1
    }

    // qmllint disable deferred-property-id
    contentItem: Item {
        // qmllint enable deferred-property-id
        Accessible.role: Accessible.Dialog
        Accessible.name: dialog.title
        Accessible.description: dialog.subtitle
        opacity: dialog.covered ? 0 : 1

        // Delayed until the items of the dialog are visible.
        Timer {
            id: focusTimer

            interval: 0
            onTriggered: {
                dialog.takeFocus();
                if (dialog.opensAtTop)
                    scroller.stayAtTop();
            }
        }

        // Delayed, because the dialog may move the focus itself.
        Timer {
            id: lostTimer

            interval: 0
            onTriggered: if (dialog.focusIsLost) dialog.takeFocus()
        }

        Shortcut {
            sequence: "Esc"
            enabled: dialog.visible && !dialog.held
            onActivated: dialog.dismissed()
        }

        Item {
            id: head

            anchors.left: parent.left
            anchors.right: parent.right
            height: implicitHeight
            implicitHeight: dialog.subtitle !== "" ? 80 : 68

            ColumnLayout {
                anchors.left: parent.left
                anchors.right: cross.left
                anchors.leftMargin: Theme.space5
                anchors.rightMargin: Theme.space2
                anchors.verticalCenter: parent.verticalCenter
                anchors.verticalCenterOffset: 2
                spacing: 1

                Heading {
                    id: heading

                    Layout.fillWidth: true
                    level: 2
                    text: dialog.title
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }

                BodyText {
                    Layout.fillWidth: true
                    visible: dialog.subtitle !== ""
                    subtle: true
                    font.pixelSize: Theme.note
                    lineHeight: 1.1
                    text: dialog.subtitle
                    elide: Text.ElideRight
                    wrapMode: Text.NoWrap
                }
            }

            IconButton {
                id: cross

                anchors.right: parent.right
                anchors.rightMargin: Theme.space4
                anchors.verticalCenter: parent.verticalCenter
                iconName: "close"
                text: dialog.closeText
                enabled: !dialog.held || dialog.cancels
                onClicked: dialog.dismissed()
            }

            Rectangle {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                height: 1
                color: Theme.color.borderLight
                visible: !scroller.atYBeginning
            }
        }

        ScrollArea {
            id: scroller

            showsAlerts: true
            endMargin: Theme.space1
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.top: head.bottom
            anchors.topMargin: Theme.space1
            anchors.bottom: base.top
            anchors.bottomMargin: Theme.space1
        }

        Item {
            id: base

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            height: implicitHeight
            implicitHeight: foot.implicitHeight + Theme.space4 + Theme.space5

            Rectangle {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                height: 1
                color: Theme.color.borderLight
                visible: !scroller.atYEnd
            }

            Flow {
                id: foot

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.leftMargin: Theme.space5
                anchors.rightMargin: Theme.space5
                anchors.topMargin: Theme.space4
                spacing: Theme.space2
            }
        }
    }
}
