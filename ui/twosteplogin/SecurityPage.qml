// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

import QtQuick
import QtQuick.Layouts
import Sparekey

// Settings → Security: the tabs, and the page of the chosen one.
FocusScope {
    id: page

    required property TwoStepLoginViewModel viewModel

    signal signInRequested
    signal noted(string message)

    objectName: "page.security"

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 44
            // A single tab adds nothing to the page.
            visible: tabs.count > 1
            color: Theme.color.surface

            AppTabBar {
                id: tabs

                anchors.fill: parent
                leftPadding: page.width < 520 ? Theme.space4 : Theme.space6

                AppTabButton {
                    objectName: "tab.twoStep"
                    text: qsTr("Two-step login")
                }
            }
        }

        TwoStepLoginPage {
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            viewModel: page.viewModel
            onSignInRequested: page.signInRequested()
            onNoted: message => page.noted(message)
        }
    }
}
