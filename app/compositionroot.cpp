// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/compositionroot.h"

#include "app/leftovers.h"

#include <QQmlApplicationEngine>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

CompositionRoot::CompositionRoot(const QString &settingsFile, HardwareKeys::Transports keys,
                                 const QString &keyringService)
    : m_services(settingsFile, keyringService, std::move(keys))
    , m_app(m_services)
{
}

bool CompositionRoot::load(QQmlApplicationEngine &engine)
{
    // A default import path only from Qt 6.5 on.
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties({{u"app"_s, QVariant::fromValue(&m_app)}});
    engine.load(QUrl(u"qrc:/qt/qml/Sparekey/shell/Main.qml"_s));
    wipeLeftovers(m_app, engine);
    return !engine.rootObjects().isEmpty();
}

} // namespace Sparekey
