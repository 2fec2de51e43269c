// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T
import Sparekey

// The window. It shows one of three places: sign-in, the account, or the lock.
T.ApplicationWindow {
    id: window

    required property AppViewModel app
    // The page of the moment can be seen and used.
    readonly property bool ready: place.status === Loader.Ready

    width: 1180
    height: 780
    minimumWidth: 480
    minimumHeight: 560
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

    Loader {
        id: place

        // The account may be gone before its page is, so each place is built anew with the
        // account of that moment, and taken down as a whole.
        function show() {
            switch (window.app.place) {
            case AppViewModel.SignIn:
                place.setSource("../signin/SignInPage.qml", {
                    app: window.app,
                    viewModel: window.app.signIn
                });
                break;
            case AppViewModel.Account:
                place.setSource("AccountFrame.qml", {
                    app: window.app,
                    account: window.app.account
                });
                break;
            case AppViewModel.Locked:
                place.setSource("../signin/UnlockPage.qml", {
                    app: window.app,
                    viewModel: window.app.unlock
                });
                break;
            }
        }

        anchors.fill: parent
        focus: true
        // The window answers, and shows its first frame, while a page is being made.
        asynchronous: true
        Component.onCompleted: show()
    }

    Connections {
        target: window.app

        function onPlaceChanged() {
            place.show();
        }
    }
}
