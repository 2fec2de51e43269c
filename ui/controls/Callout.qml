// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// A boxed note. Its default children are placed under its text.
Rectangle {
    id: callout

    enum Kind {
        Info,
        Success,
        Warning,
        Danger
    }

    property int kind: Callout.Info
    property string title: ""
    property string text: ""
    // Screen readers announce it as soon as it appears.
    property bool alert: false
    default property alias content: extra.data

    readonly property color tone: {
        switch (kind) {
        case Callout.Success:
            return Theme.color.success;
        case Callout.Warning:
            return Theme.color.warning;
        case Callout.Danger:
            return Theme.color.danger;
        }
        return Theme.color.brand;
    }
    readonly property color ink: {
        switch (kind) {
        case Callout.Success:
            return Theme.color.successText;
        case Callout.Warning:
            return Theme.color.warningText;
        case Callout.Danger:
            return Theme.color.dangerText;
        }
        return Theme.color.infoText;
    }

    implicitWidth: 320
    implicitHeight: row.implicitHeight + 28
    radius: Theme.radius + 2
    color: {
        switch (kind) {
        case Callout.Success:
            return Theme.color.successSoft;
        case Callout.Warning:
            return Theme.color.warningSoft;
        case Callout.Danger:
            return Theme.color.dangerSoft;
        }
        return Theme.color.brandSoft;
    }
    border.width: 1
    border.color: {
        switch (kind) {
        case Callout.Success:
            return Theme.color.successBorder;
        case Callout.Warning:
            return Theme.color.warningBorder;
        case Callout.Danger:
            return Theme.color.dangerBorder;
        }
        return Theme.color.brandSoftBorder;
    }

    // Later, because the layout is not done yet.
    // The linter of Qt 6.4 does not know that callLater is a function.
    // qmllint disable type
    Component.onCompleted: if (callout.alert) Qt.callLater(callout.reveal)
    onVisibleChanged: if (callout.alert) Qt.callLater(callout.reveal)
    // qmllint enable type

    function reveal() {
        for (let item = callout.parent; callout.visible && item; item = item.parent) {
            const area = item as ScrollArea;
            if (!area)
                continue;
            if (area.showsAlerts)
                area.show(callout);
            return;
        }
    }

    Accessible.role: alert ? Accessible.AlertMessage : Accessible.Grouping
    Accessible.name: title !== "" ? title : text
    Accessible.description: title !== "" ? text : ""

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 14
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space4
        spacing: Theme.space3

        Icon {
            Layout.alignment: Qt.AlignTop
            name: callout.kind === Callout.Success ? "check-circle"
                : callout.kind === Callout.Warning ? "warning"
                : callout.kind === Callout.Danger ? "danger" : "info"
            size: 22
            color: callout.tone
        }

        ColumnLayout {
            id: extra

            Layout.fillWidth: true
            Layout.topMargin: callout.title === "" ? -1 : 1
            spacing: 6

            ColumnLayout {
                Layout.fillWidth: true
                spacing: callout.title !== "" && callout.text !== "" ? extra.spacing : 0

                // An empty text is not hidden: in Qt 6.4 a text that is shown again keeps the
                // height it had at almost zero width, and pushes away what is below it.
                Heading {
                    Layout.fillWidth: true
                    Layout.maximumHeight: callout.title === "" ? 0 : -1
                    level: 3
                    text: callout.title
                    color: callout.ink
                }

                BodyText {
                    Layout.fillWidth: true
                    Layout.maximumHeight: callout.text === "" ? 0 : -1
                    text: callout.text
                    color: callout.ink
                }
            }
        }
    }
}
