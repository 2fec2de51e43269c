// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick

// Creates the page of a section when it is first shown, and keeps it. The page is named by its
// file, so that its types are not loaded before.
Loader {
    id: loader

    required property bool shown
    required property string page
    // The initial properties of the page.
    required property var values

    function create() {
        if (loader.shown && loader.status === Loader.Null)
            loader.setSource(loader.page, loader.values);
    }

    visible: loader.shown
    focus: loader.shown
    onShownChanged: create()
    Component.onCompleted: create()
}
