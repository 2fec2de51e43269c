// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// One thing that is needed to use the codes, while it is edited.
RowLayout {
    id: row

    required property int index
    required property int kind
    required property string needText
    required property EntryNeedsModel needs

    signal removed

    function takeFocus() {
        what.forceActiveFocus(Qt.TabFocusReason);
    }

    spacing: Theme.space2

    AppComboBox {
        id: choice

        Layout.preferredWidth: 170
        Layout.alignment: Qt.AlignTop
        objectName: "choice.need." + row.index
        accessibleName: qsTr("Kind of need %1").arg(row.index + 1)
        model: row.needs.kinds
        currentIndex: row.kind
        onChosen: index => row.needs.setKind(row.index, index)
    }

    AppTextField {
        id: what

        Layout.fillWidth: true
        Layout.alignment: Qt.AlignTop
        objectName: "field.need." + row.index
        accessibleName: qsTr("Where it is, or which one, need %1").arg(row.index + 1)
        placeholder: qsTr("Where it is, or which one")
        mostCharacters: 300
        text: row.needText
        onEdited: text => row.needs.setText(row.index, text)
    }

    IconButton {
        Layout.alignment: Qt.AlignTop
        objectName: "btn.removeNeed." + row.index
        iconName: "close"
        text: qsTr("Remove need %1").arg(row.index + 1)
        onClicked: row.removed()
    }
}
