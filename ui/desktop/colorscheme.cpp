// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/colorscheme.h"

#include <QGuiApplication>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool paletteIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

} // namespace

ColorScheme::ColorScheme(QObject *parent)
    : QObject(parent)
    , m_setting(u"org.freedesktop.appearance"_s, u"color-scheme"_s)
    , m_dark(paletteIsDark())
{
    connect(&m_setting, &PortalSetting::changed, this, &ColorScheme::update);
}

void ColorScheme::update()
{
    const uint scheme = m_setting.value().toUInt(); // 0 no preference, 1 dark, 2 light
    const bool dark = scheme == 0 ? paletteIsDark() : scheme == 1;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

} // namespace Sparekey
