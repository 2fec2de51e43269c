// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "managed.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

Managed::Managed()
    : m_test(HardwareKeys::Transports{m_keys})
{
}

bool Managed::start(const QList<int> &methods)
{
    for (const SimulatedPort &port : m_ports)
        m_keys->pullOut(port.device);
    m_ports.clear();
    m_serverRuns = m_serverRuns || m_test.startServer();
    if (!m_serverRuns || !m_test.open(u"token"_s))
        return false;
    QJsonObject on;
    for (const int method : methods)
        on.insert(QString::number(method), true);
    const bool good = m_test.server.editAccount(ManagedPage::role, {{u"providers"_s, on}})
        && m_test.reload();
    Q_EMIT pageChanged();
    return good;
}

bool Managed::manage(ProviderViewModel *provider)
{
    return m_test.manage(*provider);
}

bool Managed::changeServer(const QVariantMap &settings)
{
    return m_test.server.changeSettings(QJsonObject::fromVariantMap(settings));
}

void Managed::typePassword(ProviderViewModel *provider)
{
    m_test.typePassword(*provider);
}

QString Managed::touch(const QString &key)
{
    return m_test.server.touchYubiKey(key);
}

void Managed::plugIn(const QString &name, const QString &pin)
{
    SoftwareKeyTraits traits;
    traits.makeCredUvNotRqd = false;
    m_ports.emplace_back(*m_keys, traits, name);
    if (!pin.isEmpty())
        m_ports.back().key->setPin(pin);
}

int Managed::asked(const QString &path)
{
    return static_cast<int>(m_test.server.requestedPaths().count(path));
}

} // namespace Sparekey
