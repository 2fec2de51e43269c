// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/textscale.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qreal UsualKdePoints = 10;

// Parses the format of `QFont::toString`: the family, then the size.
qreal pointsOf(const QString &font)
{
    return font.section(u',', 1, 1).toDouble();
}

} // namespace

TextScale::TextScale(QObject *parent)
    : QObject(parent)
    , m_gnome(u"org.gnome.desktop.interface"_s, u"text-scaling-factor"_s)
    , m_kde(u"org.kde.kdeglobals.General"_s, u"font"_s)
{
    connect(&m_gnome, &PortalSetting::changed, this, &TextScale::update);
    connect(&m_kde, &PortalSetting::changed, this, &TextScale::update);
}

void TextScale::update()
{
    qreal factor = m_gnome.value().toDouble();
    // KDE's portal also has GNOME's setting, but always with the value 1.
    const qreal points = pointsOf(m_kde.value().toString());
    if (points > 0)
        factor = points / UsualKdePoints;
    factor = factor > 0 ? std::clamp(factor, Smallest, Largest) : 1;
    if (qFuzzyCompare(factor, m_factor))
        return;
    m_factor = factor;
    Q_EMIT changed();
}

} // namespace Sparekey
