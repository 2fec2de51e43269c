// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "managed.h"

#include "core/account/profile.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

Managed::Managed()
    : m_test(HardwareKeys::Transports{m_keys})
{
}

bool Managed::start(const QList<int> &methods, const QString &generation)
{
    for (const SimulatedPort &port : m_ports)
        m_keys->pullOut(port.device);
    m_ports.clear();
    m_serverRuns = m_serverRuns || m_test.startServer();
    m_organization.reset();
    if (!m_serverRuns || !m_test.open(generation))
        return false;
    m_signIn = std::make_unique<SignInViewModel>(m_settings, m_identity, m_store, m_noKeys);
    m_signIn->server()->preselect({.base = m_test.server.http().toString()});
    const auto session = m_test.elsewhere->session();
    if (const auto profile = outcomeOf(fetchProfile(session));
        profile && !profile->managedOrganizations.isEmpty()) {
        m_organization =
            std::make_unique<OrganizationViewModel>(session, profile->managedOrganizations.first());
    }
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

bool Managed::changeElsewhere(const QVariantMap &changes)
{
    return m_test.server.editAccount(ManagedPage::role, QJsonObject::fromVariantMap(changes));
}

bool Managed::setFault(const QString &path, const QString &fault, const QVariantMap &more)
{
    return m_test.server.setFault(path, fault, QJsonObject::fromVariantMap(more));
}

void Managed::joinEnterprise()
{
    const auto profile = outcomeOf(fetchProfile(m_test.elsewhere->session()));
    QStringList organizations;
    for (const ManagedOrganization &organization : profile->managedOrganizations)
        organizations.append(organization.id);
    m_test.page->setOrganizations(true, organizations);
}

void Managed::recordRecoveryCodeUsed()
{
    m_test.page->setRecoveryCodeUsed(true);
}

QVariantMap Managed::apiKey()
{
    const auto account = m_test.server.accountState(u"no-password");
    return {{u"clientId"_s, account[u"apiClientId"_s].toString()},
            {u"clientSecret"_s, account[u"apiKey"_s].toString()}};
}

QString Managed::emailedCode()
{
    return m_test.server.emailedCodes().constLast();
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
