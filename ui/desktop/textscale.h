// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/desktop/portalsetting.h"

#include <QObject>

namespace Sparekey {

/// The desktop's text scale factor: GNOME's `text-scaling-factor` (`org.gnome.desktop.interface`),
/// or the size of KDE's general font (`org.kde.kdeglobals.General font`, ten points by default),
/// both read through the settings portal. The scale factor of the whole screen is not included,
/// because Qt applies it itself. GUI thread.
class TextScale : public QObject
{
    Q_OBJECT

public:
    static constexpr qreal Smallest = 0.8;
    /// Larger text does not fit into the window's columns.
    static constexpr qreal Largest = 2;

    explicit TextScale(QObject *parent = nullptr);

    /// 1 is the normal size.
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
