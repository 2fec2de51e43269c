// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtTest
import Sparekey
import SparekeyTest

// The page of an entry, and what of it ends with a lock.
Item {
    id: scene

    width: 900
    height: 900

    Component {
        id: entryPage

        EntryPage {
            anchors.fill: parent
        }
    }

    TestCase {
        id: test

        property EntryPage page: null
        readonly property LibraryEntryViewModel entry: LibraryBed.page ? LibraryBed.page.entry : null

        name: "EntryPage"
        when: windowShown

        function init() {
            verify(LibraryBed.start("Google"));
            test.page = entryPage.createObject(scene, {viewModel: LibraryBed.page.entry});
        }

        function cleanup() {
            test.page.destroy();
            tryVerify(() => !OpenDialogs.any);
            wait(0);
            LibraryBed.stop();
        }

        function item(name) {
            const found = findChild(scene, name) || findChild(scene.Window.window, name);
            verify(found, name);
            return found;
        }

        function dialog(name) {
            let found = null;
            tryVerify(() => {
                found = findChild(test.page, name);
                return found !== null && found.opened;
            });
            return found;
        }

        function test_lockClosesEachDialog_data() {
            return [
                {tag: "print", button: "btn.printCodes", dialog: "dlg.print"},
                {tag: "place of a copy", button: "btn.copyPlace.0", dialog: "dlg.copyPlace"},
                {tag: "edit", button: "btn.editEntry", dialog: "dlg.editEntry"},
                {tag: "delete", button: "btn.deleteEntry", dialog: "dlg.deleteCodes"}
            ];
        }

        function test_lockClosesEachDialog(data) {
            item(data.button).activated();
            const open = dialog(data.dialog);
            LibraryBed.lock();
            tryVerify(() => !open.visible);
        }

        function test_lockClosesTheMenuOfFormats() {
            item("btn.saveCodesAs").activated();
            const save = item("menu.savePdf");
            tryVerify(() => save.visible);
            LibraryBed.lock();
            tryVerify(() => !save.visible);
        }

        function test_lockForgetsThePassphraseOfAPdf() {
            item("btn.saveCodesAs").activated();
            item("menu.saveProtectedPdf").triggered();
            const open = dialog("dlg.save");
            const own = findChild(open.contentItem, "field.ownPassphrase");
            own.fill("maple river candle orbit");
            LibraryBed.lock();
            tryVerify(() => !open.visible);
            verify(own.empty);
        }

        function test_codesAreHiddenOnReturn() {
            test.entry.hidden = false;
            test.page.visible = false;
            verify(test.entry.hidden);
        }

        function test_editingForgetsAndKeepsWhatWasNotEdited() {
            const longTitle = "Google ".repeat(60).trim();
            test.page.destroy();
            wait(0);
            verify(LibraryBed.start(longTitle));
            test.page = entryPage.createObject(scene, {viewModel: LibraryBed.page.entry});
            item("btn.editEntry").activated();
            const open = dialog("dlg.editEntry");
            const notes = findChild(open.contentItem, "field.entryNotes");
            notes.text = "in the safe";
            findChild(open.contentItem, "btn.saveEntry").activated();
            tryVerify(() => !open.visible);
            compare(test.entry.notes, "in the safe");
            compare(LibraryBed.storedTitle(), longTitle);
            compare(notes.text, "");
        }
    }
}
