// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/compositionroot.h"

#include "app/leftovers.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QScreen>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

CompositionRoot::CompositionRoot(const QString &settingsFile, const QString &keyringService,
                                 HardwareKeys::Transports keys)
    : m_services(settingsFile, keyringService, std::move(keys))
    , m_app(m_services)
{
}

namespace {

// The space for a window on its screen, without the panels of the desktop and the title bar.
QSizeF roomOnScreen()
{
    // An estimate: the real height is not known before the window is shown.
    constexpr int titleBar = 40;
    const QScreen *screen = QGuiApplication::primaryScreen();
    return screen ? QSizeF(screen->availableSize() - QSize(0, titleBar)) : QSizeF(1180, 780);
}

} // namespace

bool CompositionRoot::load(QQmlApplicationEngine &engine)
{
    // This is a default import path only since Qt 6.5.
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties(
        {{u"app"_s, QVariant::fromValue(&m_app)}, {u"room"_s, roomOnScreen()}});
    engine.load(QUrl(u"qrc:/qt/qml/Sparekey/shell/Main.qml"_s));
    wipeLeftovers(m_app, engine);
    return !engine.rootObjects().isEmpty();
}

} // namespace Sparekey
