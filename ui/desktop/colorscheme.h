// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/portalsetting.h"

#include <QObject>

namespace Sparekey {

/// Whether the desktop prefers dark windows: `org.freedesktop.appearance color-scheme` of the
/// settings portal, else the lightness of the application palette. The portal is asked
/// asynchronously; `darkChanged` reports its answer. GUI thread.
class ColorScheme : public QObject
{
    Q_OBJECT

public:
    explicit ColorScheme(QObject *parent = nullptr);

    [[nodiscard]] bool prefersDark() const { return m_dark; }

Q_SIGNALS:
    void darkChanged();

private:
    void update();

    PortalSetting m_setting;
    bool m_dark = false;
};

} // namespace Sparekey
