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
            text: qsTr("This library is read-only here: the file or its folder cannot be written to, or another window has it open. You can look and print.")
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
