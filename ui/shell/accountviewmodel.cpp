// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/accountviewmodel.h"

#include "core/account/profile.h"
#include "ui/messages/dates.h"

#include <utility>

namespace Sparekey {

AccountViewModel::AccountViewModel(std::shared_ptr<Session> session, Services &services,
                                   QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(services.settings)
    , m_store(services.store)
    , m_twoStepLogin(std::move(session), services.settings, services.printing, services.codeKeeper,
                     services.keys, services.inventory)
{
    connect(&m_twoStepLogin, &TwoStepLoginViewModel::changed, this, [this] {
        Q_EMIT connectionChanged();
        // The server can be reached again, so loading the profile may work now.
        if (!m_profileLoaded && !m_profileLoading
            && m_twoStepLogin.loadState() == TwoStepLoginViewModel::LoadState::Loaded)
            loadProfile();
    });
    connect(&services.store, &AccountStore::changed, this, &AccountViewModel::keptChanged);
    loadProfile();
}

AccountViewModel::~AccountViewModel() = default;

void AccountViewModel::forgetSecrets()
{
    m_twoStepLogin.forgetSecrets();
    for (OrganizationViewModel *organization : std::as_const(m_organizations))
        organization->duo()->close();
    m_session->dropConnections();
}

QString AccountViewModel::email() const
{
    return m_session->account().email;
}

QString AccountViewModel::displayName() const
{
    return m_name.isEmpty() ? email() : m_name;
}

QString AccountViewModel::initials() const
{
    QString initials;
    const auto words = displayName().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (initials.size() < 2)
            initials += word.front().toUpper();
    }
    return initials;
}

QString AccountViewModel::serverTitle() const
{
    return m_session->account().environment.title();
}

AccountViewModel::Connection AccountViewModel::connection() const
{
    using LoadState = TwoStepLoginViewModel::LoadState;
    switch (m_twoStepLogin.loadState()) {
    case LoadState::Loading:
    case LoadState::Refreshing: return Connection::Connecting;
    case LoadState::Loaded: return Connection::Online;
    case LoadState::Offline: return Connection::Offline;
    case LoadState::ServerProblem: return Connection::ServerProblem;
    case LoadState::SessionExpired: return Connection::SignedOut;
    }
    Q_UNREACHABLE();
}

QString AccountViewModel::connectionText() const
{
    switch (connection()) {
    case Connection::Online: return tr("Online");
    case Connection::Connecting: return tr("Connecting…");
    case Connection::Offline: return tr("Offline");
    case Connection::ServerProblem: return tr("Server problem");
    case Connection::SignedOut: return tr("Signed out");
    }
    Q_UNREACHABLE();
}

QString AccountViewModel::key() const
{
    return m_session->account().key();
}

void AccountViewModel::setOrganization(OrganizationViewModel *organization)
{
    if (organization == m_organization)
        return;
    m_organization = organization;
    Q_EMIT organizationChanged();
}

QString AccountViewModel::rememberedUntil() const
{
    const auto until = m_settings.rememberedUntil(key());
    if (!until || *until <= QDateTime::currentDateTimeUtc())
        return {};
    return shownDate(*until);
}

bool AccountViewModel::staysSignedIn() const
{
    return m_settings.staysSignedIn(key());
}

void AccountViewModel::setStaysSignedIn(bool stays)
{
    if (stays == (staysSignedIn() || m_keeping))
        return;
    if (stays) {
        keepSession();
    } else {
        m_keeping = false;
        (void)m_store.dropSession(key());
    }
}

QCoro::Task<void> AccountViewModel::keepSession()
{
    const auto ticket = m_tasks.ticket();
    m_keeping = true;
    const auto kept = co_await m_store.keepSession(m_session);
    if (!ticket || (!kept && kept.error().kind == ErrorKind::Canceled))
        co_return;
    m_keeping = false;
    if (kept)
        co_return;
    // Resets the switch that the user has moved.
    Q_EMIT keptChanged();
    Q_EMIT notSaved(kept.error());
}

void AccountViewModel::forgetDevice()
{
    (void)m_store.forgetRememberToken(key());
}

QCoro::Task<void> AccountViewModel::loadProfile()
{
    const auto ticket = m_tasks.ticket();
    m_profileLoading = true;
    const auto profile = co_await fetchProfile(m_session);
    if (!ticket)
        co_return;
    m_profileLoading = false;
    // The page works without the profile; only the name, the premium marks and the organizations
    // are missing.
    if (!profile)
        co_return;
    m_profileLoaded = true;
    m_name = profile->name.simplified();
    m_twoStepLogin.setPremium(profile->premium);
    m_twoStepLogin.setOrganizations(profile->inOrganization, profile->policyOrganizations);
    for (const ManagedOrganization &organization : profile->managedOrganizations)
        m_organizations.append(new OrganizationViewModel(m_session, organization, this));
    Q_EMIT profileChanged();
}

} // namespace Sparekey
