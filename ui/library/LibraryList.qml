// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import QtQuick.Layouts
import Sparekey

// All entries of the library, with search, filter and order. Only visible rows are made.
FocusScope {
    id: page

    required property LibraryViewModel viewModel
    readonly property LibraryListModel list: viewModel.list
    readonly property int margin: page.width < 520 ? Theme.space4 : Theme.space6
    readonly property bool empty: list.total === 0

    function goToFirst() {
        if (rows.count === 0)
            return;
        rows.currentIndex = 0;
        rows.currentItem.forceActiveFocus(Qt.TabFocusReason);
    }

    // Whenever the list is shown: the file may have disappeared meanwhile.
    Timer {
        interval: 0
        running: page.visible
        onTriggered: page.viewModel.lookAgain()
    }

    Shortcut {
        sequence: "Ctrl+F"
        enabled: page.visible && !page.empty
        onActivated: search.forceActiveFocus(Qt.ShortcutFocusReason)
    }

    Shortcut {
        sequence: "Ctrl+N"
        enabled: page.visible && !page.viewModel.readOnly
        onActivated: page.viewModel.addCodes()
    }

    AppMenu {
        id: fileMenu

        label: qsTr("Library")

        AppMenuItem {
            objectName: "menu.changeKey"
            iconName: "key"
            text: qsTr("Change passphrase or key file…")
            enabled: !page.viewModel.readOnly
            onTriggered: page.viewModel.changingKey.begin()
        }

        AppMenuItem {
            objectName: "menu.exportLibrary"
            iconName: "save"
            text: qsTr("Export all codes…")
            note: qsTr("For another program, or for a backup")
            enabled: !page.empty
            onTriggered: page.viewModel.exporting.open()
        }

        AppMenuItem {
            objectName: "menu.moveLibrary"
            iconName: "folder"
            text: qsTr("Rename or move…")
            note: page.viewModel.fileName
            enabled: !page.viewModel.readOnly
            onTriggered: page.viewModel.moving.begin()
        }

        AppMenuItem {
            objectName: "menu.otherLibrary"
            iconName: "lock"
            text: qsTr("Open another library…")
            note: qsTr("Locks this one")
            onTriggered: page.viewModel.closeFile()
        }

        AppMenuItem {
            objectName: "menu.stopKeyring"
            iconName: "lock"
            text: qsTr("Ask for the passphrase again")
            note: page.viewModel.unlocking.keyringText
            visible: note !== ""
            height: visible ? implicitHeight : 0
            onTriggered: page.viewModel.unlocking.stopKeyring()
        }
    }

    ColumnLayout {
        x: page.margin
        width: Math.min(page.width - 2 * page.margin, Theme.contentWidth)
        height: page.height
        spacing: Theme.space3

        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: page.height < 520 ? Theme.space3 : Theme.space6 - 4
            spacing: Theme.space3

            Heading {
                Layout.fillWidth: true
                objectName: "h1.recoveryCodes"
                level: 1
                text: qsTr("Recovery codes")
            }

            AppButton {
                id: fileButton

                objectName: "btn.libraryFile"
                text: qsTr("Library")
                description: page.viewModel.fileName
                menuIndicator: true
                onActivated: fileMenu.popup(fileButton, 0, fileButton.height + 4)
            }

            AppButton {
                objectName: "btn.addCodes"
                focus: page.empty
                kind: AppButton.Primary
                iconName: "plus"
                text: qsTr("Add codes")
                blockedReason: page.viewModel.readOnly ? qsTr("This library is read-only.") : ""
                onActivated: page.viewModel.addCodes()
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.libraryReadOnly"
            visible: page.viewModel.readOnly
            kind: Callout.Info
            title: page.viewModel.inUse ? qsTr("In use") : qsTr("Read-only")
            text: page.viewModel.inUse
                  ? qsTr("Another Sparekey window has this library open. Here you can look and print. To change something, lock the library there.")
                  : qsTr("The file or its folder cannot be written to. You can look and print. To change something, allow writing, or copy the file to another folder and open it there.")

            AppButton {
                objectName: "btn.lookAgain"
                compact: true
                text: qsTr("Try again")
                onActivated: page.viewModel.lookAgain()
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.libraryLost"
            visible: page.viewModel.lostText !== ""
            kind: Callout.Warning
            alert: true
            title: page.viewModel.gone ? qsTr("The file is gone")
                                       : qsTr("The file cannot be read now")
            text: page.viewModel.lostText

            Flow {
                Layout.fillWidth: true
                spacing: Theme.space2

                AppButton {
                    objectName: "btn.saveElsewhere"
                    visible: page.viewModel.gone && !page.viewModel.readOnly
                    compact: true
                    text: qsTr("Save it in another place…")
                    onActivated: page.viewModel.moving.begin()
                }

                AppButton {
                    objectName: "btn.lookForFile"
                    compact: true
                    text: qsTr("Try again")
                    onActivated: page.viewModel.lookAgain()
                }
            }
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.keyringWaits"
            visible: page.viewModel.unlocking.waitsForKeyring
            kind: Callout.Info
            text: qsTr("Waiting for the keyring to keep the key of this library. Answer its question.")
        }

        Callout {
            Layout.fillWidth: true
            objectName: "callout.libraryNotice"
            visible: page.viewModel.noticeText !== ""
            kind: Callout.Info
            alert: true
            text: page.viewModel.noticeText

            AppButton {
                objectName: "btn.dismissLibraryNotice"
                compact: true
                text: qsTr("Dismiss")
                onActivated: page.viewModel.dismissNotice()
            }
        }

        Flow {
            Layout.fillWidth: true
            visible: !page.empty
            spacing: Theme.space2

            AppTextField {
                id: search

                width: Math.min(parent.width, Math.max(220, parent.width - filter.width - order.width
                                                       - 2 * Theme.space2))
                objectName: "field.searchCodes"
                focus: !page.empty
                accessibleName: qsTr("Search recovery codes")
                placeholder: qsTr("Search")
                text: page.list.search
                onEdited: text => page.list.search = text
                onAccepted: page.goToFirst()
                Keys.onDownPressed: page.goToFirst()
                Keys.onEscapePressed: event => {
                    event.accepted = page.list.search !== "";
                    page.list.search = "";
                }
            }

            AppComboBox {
                id: filter

                width: Math.max(160, Theme.scaled(160))
                objectName: "choice.codesFilter"
                accessibleName: qsTr("Show")
                model: [qsTr("All"), qsTr("Few left"), qsTr("Old copies"), qsTr("Not printed"),
                        qsTr("Check due")]
                currentIndex: page.list.filter
                onChosen: index => page.list.filter = index
            }

            AppComboBox {
                id: order

                width: Math.max(160, Theme.scaled(160))
                objectName: "choice.codesOrder"
                accessibleName: qsTr("Order")
                model: [qsTr("By name"), qsTr("Fewest left"), qsTr("Latest change")]
                currentIndex: page.list.order
                onChosen: index => page.list.order = index
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.codesCount"
            visible: !page.empty
            subtle: true
            font.pixelSize: Theme.small
            text: page.list.countText
        }

        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.bottomMargin: Theme.space5
            visible: page.list.count > 0
            clip: true

            ListView {
                id: rows

                anchors.fill: parent
                anchors.margins: 1
                objectName: "list.codes"
                model: page.list
                clip: true
                activeFocusOnTab: true
                keyNavigationEnabled: true
                highlightFollowsCurrentItem: true
                highlightMoveDuration: 0
                boundsBehavior: Flickable.StopAtBounds
                reuseItems: true

                T.ScrollBar.vertical: AppScrollBar {}

                Accessible.role: Accessible.List
                Accessible.name: qsTr("Recovery codes")

                delegate: LibraryRow {
                    width: rows.width
                    onChosen: page.viewModel.showEntry(index)
                }

                Keys.onPressed: event => {
                    const step = Math.max(1, Math.floor(rows.height / 64) - 1);
                    const last = rows.count - 1;
                    switch (event.key) {
                    case Qt.Key_Home:
                        rows.currentIndex = 0;
                        break;
                    case Qt.Key_End:
                        rows.currentIndex = last;
                        break;
                    case Qt.Key_PageDown:
                        rows.currentIndex = Math.min(last, rows.currentIndex + step);
                        break;
                    case Qt.Key_PageUp:
                        rows.currentIndex = Math.max(0, rows.currentIndex - step);
                        break;
                    default:
                        return;
                    }
                    event.accepted = true;
                }
            }
        }

        BodyText {
            Layout.fillWidth: true
            objectName: "txt.noCodes"
            visible: page.list.count === 0
            text: page.empty
                  ? qsTr("Your library is empty. Add the recovery codes of a service: paste them, open the file that you downloaded, or enter them.")
                  : qsTr("No entry matches. Try other words, or show all.")
        }

        Item {
            Layout.fillHeight: true
            visible: page.list.count === 0
        }
    }
}
