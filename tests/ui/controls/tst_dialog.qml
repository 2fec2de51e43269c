// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import QtTest
import Sparekey
import SparekeyTest

Item {
    id: scene

    width: 700
    height: 500

    AppButton {
        id: opener

        text: "Open"
        onActivated: dialog.open()
    }

    AppDialog {
        id: dialog

        title: "Two-step login"
        subtitle: "Email"
        firstFocus: inside
        onDismissed: dialog.close()

        AppTextField {
            id: inside

            Layout.fillWidth: true
            label: "Inside"
        }

        Repeater {
            model: 30

            BodyText {
                Layout.fillWidth: true
                text: "Line"
            }
        }

        AppButton {
            id: last

            text: "Last"
        }

        buttons: [
            AppButton {
                id: done

                text: "Done"
                onActivated: dialog.close()
            }
        ]
    }

    AppDialog {
        id: upper

        title: "Turn off Email?"
        firstFocus: keep
        onDismissed: upper.close()

        buttons: [
            AppButton {
                id: keep

                text: "Keep it on"
                onActivated: upper.close()
            }
        ]
    }

    Toast {
        id: toast
    }

    TestCase {
        name: "Dialog"
        when: windowShown

        function init() {
            dialog.held = false;
            dialog.cancels = false;
            opener.forceActiveFocus(Qt.TabFocusReason);
            keyClick(Qt.Key_Space);
            tryVerify(() => dialog.opened);
            tryVerify(() => inside.activeFocus);
        }

        function cleanup() {
            dialog.close();
            tryVerify(() => !dialog.visible);
        }

        function isInside(item) {
            for (let it = item; it; it = it.parent) {
                if (it === dialog.contentItem.parent)
                    return true;
            }
            return false;
        }

        function test_keepsTheFocusInside() {
            let sawDone = false;
            for (let i = 0; i < 8; ++i) {
                keyClick(Qt.Key_Tab);
                verify(isInside(scene.Window.activeFocusItem), "step " + i);
                sawDone = sawDone || done.activeFocus;
            }
            verify(sawDone);
            keyClick(Qt.Key_Backtab, Qt.ShiftModifier);
            verify(isInside(scene.Window.activeFocusItem));
        }

        function test_returnsTheFocusToItsOpener() {
            keyClick(Qt.Key_Escape);
            tryVerify(() => !dialog.visible);
            tryVerify(() => opener.activeFocus);
        }

        function ringOf(button) {
            return button.background.children[0];
        }

        function test_showsWhereTheFocusIsToWhomTypes() {
            keyClick(Qt.Key_Escape);
            tryVerify(() => opener.activeFocus);
            verify(ringOf(opener).visible);
            upper.open();
            tryVerify(() => keep.activeFocus);
            verify(ringOf(keep).visible);
            mousePress(upper.contentItem, 5, 5);
            verify(!ringOf(keep).visible);
            mouseRelease(upper.contentItem, 5, 5);
            keyClick(Qt.Key_Control);
            verify(!ringOf(keep).visible);
            keyClick(Qt.Key_Escape);
            tryVerify(() => opener.activeFocus);
            verify(ringOf(opener).visible);
        }

        function test_cutsNoRing() {
            const area = dialog.scrollArea;
            verify(area.clip);
            verify(inside.mapToItem(area, 0, 0).y >= 4);
            last.forceActiveFocus();
            tryVerify(() => area.atYEnd);
            verify(last.mapToItem(area, 0, last.height).y <= area.height - 4);
        }

        function test_isHiddenUnderAnother() {
            verify(!dialog.covered);
            upper.open();
            tryVerify(() => upper.opened);
            verify(dialog.covered);
            compare(dialog.contentItem.opacity, 0);
            compare(dialog.background.opacity, 0);
            verify(!upper.covered);
            upper.close();
            tryVerify(() => !upper.visible);
            compare(dialog.contentItem.opacity, 1);
            verify(!dialog.covered);
        }

        function test_notesGiveWayToADialogOrWaitForItsEnd() {
            verify(dialog.visible);
            toast.show("Told in the dialog");
            verify(!toast.visible);
            dialog.close();
            tryVerify(() => toast.visible);
            compare(toast.text, "Told in the dialog");
            dialog.open();
            tryVerify(() => !toast.visible);
            compare(toast.text, "");
        }

        function test_staysWhileAWriteIsRunning() {
            dialog.held = true;
            keyClick(Qt.Key_Escape);
            wait(50);
            verify(dialog.visible);
        }

        function test_canBeCanceledWhileAWriteIsRunning() {
            dialog.held = true;
            dialog.cancels = true;
            compare(Probe.roleOf(scene, "Cancel"), Accessible.Button);
            keyClick(Qt.Key_Escape);
            wait(50);
            verify(dialog.visible);
            verify(Probe.press(scene, "Cancel"));
            tryVerify(() => !dialog.visible);
        }

        function test_staysWhenItIsClickedBeside() {
            mouseClick(scene, 5, 495);
            wait(50);
            verify(dialog.visible);
        }

        function test_isADialogWithAName() {
            compare(Probe.roleOf(scene, "Two-step login"), Accessible.Dialog);
        }

        function test_fitsTheWindowAndShowsItsButtons() {
            verify(dialog.height <= scene.Window.height);
            const place = done.mapToItem(null, 0, 0);
            verify(place.y + done.height < scene.Window.height);
        }
    }
}
