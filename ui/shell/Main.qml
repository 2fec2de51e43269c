// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// The window.
T.ApplicationWindow {
    id: window

    required property AppViewModel app
    // The page of the moment can be seen and used.
    readonly property bool ready: frame.ready

    // Never larger than the screen leaves room for.
    width: Math.min(1180, Screen.desktopAvailableWidth)
    height: Math.min(780, Screen.desktopAvailableHeight)
    minimumWidth: Math.min(480, Screen.desktopAvailableWidth)
    minimumHeight: Math.min(420, Screen.desktopAvailableHeight)
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

    // Also while a dialog or a menu is open, which stops the shortcuts of a window.
    Shortcut {
        sequence: "Ctrl+L"
        context: Qt.ApplicationShortcut
        onActivated: window.app.lock()
    }

    AppFrame {
        id: frame

        anchors.fill: parent
        app: window.app
    }
}
