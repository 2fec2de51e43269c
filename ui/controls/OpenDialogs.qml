// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma Singleton

import QtQuick

// The open dialogs, in the order in which they were opened. Each dialog adds itself.
QtObject {
    id: dialogs

    property var all: []
    readonly property bool any: all.length > 0

    function add(dialog: QtObject) {
        dialogs.all = dialogs.all.filter(other => other !== dialog).concat([dialog]);
    }

    function remove(dialog: QtObject) {
        dialogs.all = dialogs.all.filter(other => other !== dialog);
    }

    // Only the page is below it.
    function isLowest(dialog: QtObject): bool {
        return dialogs.any && dialogs.all[0] === dialog;
    }

    function isHighest(dialog: QtObject): bool {
        return dialogs.any && dialogs.all[dialogs.all.length - 1] === dialog;
    }
}
