// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/portalsetting.h"

#include <QObject>

namespace Sparekey {

/// How much larger the desktop wants text than usual: GNOME's `text-scaling-factor`
/// (`org.gnome.desktop.interface`), and the size of KDE's general font
/// (`org.kde.kdeglobals.General font`, ten points by default), both through the settings portal. A
/// scale of the whole screen is none of it: Qt applies that itself. GUI thread.
class TextScale : public QObject
{
    Q_OBJECT

public:
    static constexpr qreal Smallest = 0.8;
    /// Larger text does not fit into the window's columns any more.
    static constexpr qreal Largest = 2;

    explicit TextScale(QObject *parent = nullptr);

    /// 1 is usual.
    [[nodiscard]] qreal factor() const { return m_factor; }

Q_SIGNALS:
    void changed();

private:
    void update();

    PortalSetting m_gnome;
    PortalSetting m_kde;
    qreal m_factor = 1;
};

} // namespace Sparekey
