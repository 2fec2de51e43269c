// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// The window.
T.ApplicationWindow {
    id: window

    required property AppViewModel app
    // The space that the screen has for a window.
    required property size room
    // The current page is loaded and can be used.
    readonly property bool ready: content.status === Loader.Ready && (content.item as AppFrame).ready

    width: Math.min(1180, window.room.width)
    height: Math.min(780, window.room.height)
    minimumWidth: Math.min(480, window.room.width)
    minimumHeight: Math.min(420, window.room.height)
    visible: true
    title: "Sparekey"
    color: Theme.color.page
    font.family: Theme.sans
    font.pixelSize: Theme.text

    Binding {
        target: Theme
        property: "dark"
        value: window.app.preferences.dark
    }

    Binding {
        target: Theme
        property: "textScale"
        value: window.app.preferences.textScale
    }

    // Also works while a dialog or a menu is open, which blocks the shortcuts of a window.
    Shortcut {
        sequence: "Ctrl+L"
        context: Qt.ApplicationShortcut
        onActivated: window.app.lock()
    }

    // The first frame: the colors of the window without text.
    Rectangle {
        width: Theme.railWidth
        height: parent.height
        visible: window.width >= Theme.narrowWidth && content.status !== Loader.Ready
        color: Theme.color.rail
    }

    Loader {
        id: content

        function load() {
            content.setSource("AppFrame.qml", { app: window.app, focus: true });
        }

        anchors.fill: parent
        focus: true
    }

    // Fonts and pages take longer to load than everything before, so the first frame does not wait
    // for them.
    Connections {
        target: window
        enabled: content.status === Loader.Null

        function onFrameSwapped() {
            afterFrame.start();
        }
    }

    Timer {
        id: afterFrame

        interval: 0
        onTriggered: content.load()
    }
}
