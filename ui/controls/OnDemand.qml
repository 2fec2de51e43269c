// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Templates as T

// A dialog or menu that is made when it is first needed, and stays from then on. Most starts never
// need it, and each costs time and memory.
Loader {
    id: loader

    default property alias content: loader.sourceComponent
    // For a dialog that shows itself by the state of its view-model.
    property bool needed: false

    function now(): T.Popup {
        active = true;
        return item as T.Popup;
    }

    active: false
    onNeededChanged: if (needed) active = true
    Component.onCompleted: if (needed) active = true
}
