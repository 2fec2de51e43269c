// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Sparekey

// What an entry is called, where it belongs, and when it reminds.
AppDialog {
    id: dialog

    required property LibraryEntryViewModel viewModel

    // What the fields had at first. They shorten a long text of another program, so what was not
    // edited is taken from the entry.
    property var shownAtFirst: []

    function entered() {
        return [title.text, account.text, signIn.text, recovery.text, notes.text, tags.text,
                low.value, review.value];
    }

    function stored() {
        return [dialog.viewModel.title, dialog.viewModel.account, dialog.viewModel.signInAddress,
                dialog.viewModel.recoveryAddress, dialog.viewModel.notes, dialog.viewModel.tags,
                dialog.viewModel.lowAt, dialog.viewModel.reviewMonths];
    }

    function save() {
        const stored = dialog.stored();
        const values = dialog.entered().map(
            (value, place) => value === dialog.shownAtFirst[place] ? stored[place] : value);
        dialog.viewModel.saveDetails(values[0], values[1], values[2], values[3], values[4],
                                     values[5], values[6], values[7]);
    }

    objectName: "dlg.editEntry"
    title: qsTr("Edit entry")
    subtitle: viewModel.title
    bodyWidth: 560
    held: viewModel.busy
    closeText: qsTr("Cancel")
    firstFocus: title
    onDismissed: close()
    onShown: {
        dialog.viewModel.startEditing();
        title.text = dialog.viewModel.title;
        account.text = dialog.viewModel.account;
        signIn.text = dialog.viewModel.signInAddress;
        recovery.text = dialog.viewModel.recoveryAddress;
        notes.text = dialog.viewModel.notes;
        tags.text = dialog.viewModel.tags;
        low.value = dialog.viewModel.lowAt;
        review.value = dialog.viewModel.reviewMonths;
        dialog.shownAtFirst = dialog.entered();
    }
    onClosed: {
        for (const field of [title, account, signIn, recovery, notes, tags])
            field.text = "";
        dialog.shownAtFirst = [];
    }

    Connections {
        target: dialog.viewModel

        function onChanged() {
            if (!dialog.viewModel.open)
                dialog.close();
        }

        function onDetailsSaved() {
            dialog.close();
        }
    }

    Callout {
        Layout.fillWidth: true
        objectName: "callout.editFailed"
        visible: dialog.viewModel.errorText !== ""
        kind: Callout.Danger
        alert: true
        text: dialog.viewModel.errorText
    }

    AppTextField {
        id: title

        Layout.fillWidth: true
        objectName: "field.entryTitle"
        label: qsTr("Name")
        mostCharacters: 300
        onAccepted: dialog.save()
    }

    AppTextField {
        id: account

        Layout.fillWidth: true
        objectName: "field.entryAccount"
        label: qsTr("Account")
        hint: qsTr("Email address or user name.")
        mostCharacters: 300
        onAccepted: dialog.save()
    }

    AppTextField {
        id: signIn

        Layout.fillWidth: true
        objectName: "field.entrySignIn"
        label: qsTr("Sign-in page")
        onAccepted: dialog.save()
    }

    AppTextField {
        id: recovery

        Layout.fillWidth: true
        objectName: "field.entryRecovery"
        label: qsTr("Page where codes are used")
        onAccepted: dialog.save()
    }

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.space2

        FieldLabel {
            Layout.fillWidth: true
            text: qsTr("What you need to use the codes")
        }

        Repeater {
            id: needRows

            model: dialog.viewModel.editedNeeds

            NeedRow {
                Layout.fillWidth: true
                needs: dialog.viewModel.editedNeeds
                onRemoved: {
                    // The row that has the focus disappears.
                    addNeed.forceActiveFocus(Qt.TabFocusReason);
                    dialog.viewModel.editedNeeds.remove(index);
                }
            }
        }

        AppButton {
            id: addNeed

            objectName: "btn.addNeed"
            compact: true
            iconName: "plus"
            text: dialog.viewModel.editedNeeds.count === 0 ? qsTr("Add what you need") : qsTr("Add another")
            description: qsTr("For example where the password is kept, or which phone gets a code.")
            onActivated: {
                dialog.viewModel.editedNeeds.add();
                (needRows.itemAt(needRows.count - 1) as NeedRow).takeFocus();
            }
        }
    }

    AppTextArea {
        id: notes

        Layout.fillWidth: true
        objectName: "field.entryNotes"
        label: qsTr("Notes")
    }

    AppTextField {
        id: tags

        Layout.fillWidth: true
        objectName: "field.entryTags"
        label: qsTr("Tags")
        hint: qsTr("Separated by commas.")
        onAccepted: dialog.save()
    }

    AppSpinBox {
        id: low

        Layout.fillWidth: true
        objectName: "field.entryLow"
        visible: !dialog.viewModel.setupKey
        label: qsTr("Remind when this many codes are left")
        from: 0
        to: 50
    }

    AppSpinBox {
        id: review

        Layout.fillWidth: true
        objectName: "field.entryReview"
        label: qsTr("Check copies every … months (0: never)")
        from: 0
        to: 120
    }

    buttons: [
        AppButton {
            objectName: "btn.saveEntry"
            kind: AppButton.Primary
            text: qsTr("Save")
            busy: dialog.viewModel.busy
            onActivated: dialog.save()
        },
        AppButton {
            objectName: "btn.close"
            text: qsTr("Cancel")
            enabled: !dialog.viewModel.busy
            onActivated: dialog.close()
        }
    ]
}
