// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/twosteplogin/organizationviewmodel.h"

#include "core/twofactor/twofactorapi.h"
#include "ui/messages/usermessage.h"

namespace Sparekey {

OrganizationViewModel::OrganizationViewModel(std::shared_ptr<Session> session,
                                             const ManagedOrganization &organization,
                                             QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_organization(organization)
    , m_duo(std::make_shared<ProviderApi>(std::move(session), organization.id),
            ProviderType::OrganizationDuo)
{
    connect(&m_duo, &ProviderViewModel::reloadWanted, this, &OrganizationViewModel::reload);
    connect(&m_duo, &ProviderViewModel::noted, this, &OrganizationViewModel::noted);
    connect(&m_duo, &ProviderViewModel::foundUnsupported, this,
            [this] { m_providers.addUnsupported(ProviderType::OrganizationDuo); });
    connect(&m_duo, &ProviderViewModel::leftDuringChange, this, [this] {
        Q_EMIT noted(tr("Canceled. If the server has already made the change, the list will show "
                        "it."));
    });
    connect(&m_duo, &ProviderViewModel::switched, this, [this](bool on) {
        setOn(on);
        Q_EMIT noted(on ? tr("Duo of %1 is turned on.").arg(name())
                        : tr("Duo of %1 is turned off.").arg(name()));
        reload();
    });
    connect(&m_wait, &Countdown::secondsChanged, this, &OrganizationViewModel::waitSecondsChanged);
    connect(m_session.get(), &Session::expired, &m_duo, &ProviderViewModel::close);
}

OrganizationViewModel::~OrganizationViewModel() = default;

OrganizationViewModel::State OrganizationViewModel::state() const
{
    return m_providers.stateOf(ProviderType::OrganizationDuo);
}

void OrganizationViewModel::setOn(bool on)
{
    m_providers.setStates({{ProviderType::OrganizationDuo, on}});
}

void OrganizationViewModel::refresh()
{
    if (!m_loading && m_wait.seconds() == 0)
        load();
}

void OrganizationViewModel::reload()
{
    // A pending answer may be from before the change.
    m_load.cancel();
    m_loading = false;
    refresh();
    Q_EMIT changed();
}

AccountContext OrganizationViewModel::context() const
{
    return {.states = m_providers.states()};
}

void OrganizationViewModel::manage()
{
    m_duo.open(context());
}

void OrganizationViewModel::turnOff()
{
    m_duo.openToTurnOff(context());
}

QCoro::Task<void> OrganizationViewModel::load()
{
    const auto ticket = m_load.renew();
    m_loading = true;
    Q_EMIT changed();
    const auto states = co_await fetchOrganizationStates(m_session, m_organization.id);
    if (!ticket)
        co_return;
    m_loading = false;
    m_problemText.clear();
    if (states) {
        setOn(states->value(ProviderType::OrganizationDuo, false));
        m_providers.setUnsupported({});
    } else if (states.error().kind == ErrorKind::NotOffered) {
        // Users who manage only policies get this answer as well, but may still change Duo.
        m_problemText = tr(
            "This server may not support Duo for organizations, or shows its state only to owners "
            "and admins.");
    } else if (states.error().kind != ErrorKind::Canceled) {
        m_problemText = userMessage(states.error());
        if (states.error().kind == ErrorKind::RateLimited)
            m_wait.start(states.error().retryAfter);
    }
    Q_EMIT changed();
}

} // namespace Sparekey
