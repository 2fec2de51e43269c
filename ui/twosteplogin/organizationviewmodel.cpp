// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/twosteplogin/organizationviewmodel.h"

#include "core/twofactor/twofactorapi.h"
#include "ui/messages/usermessage.h"

#include <QPointer>

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
    connect(&m_duo, &ProviderViewModel::foundMissing, this, [this] {
        m_missing = true;
        Q_EMIT changed();
    });
    connect(&m_duo, &ProviderViewModel::leftBehind, this, [this] {
        Q_EMIT noted(tr("Canceled. If the server has made the change already, the list will show "
                        "it."));
    });
    connect(&m_duo, &ProviderViewModel::switched, this, [this](bool on) {
        m_state = on ? State::On : State::Off;
        Q_EMIT noted(on ? tr("Duo of %1 is turned on.").arg(name())
                        : tr("Duo of %1 is turned off.").arg(name()));
        reload();
    });
    connect(&m_wait, &Countdown::secondsChanged, this, &OrganizationViewModel::waitSecondsChanged);
    connect(m_session.get(), &Session::expired, &m_duo, &ProviderViewModel::close);
}

OrganizationViewModel::~OrganizationViewModel() = default;

QString OrganizationViewModel::stateText() const
{
    switch (m_state) {
    case State::Unknown: return tr("Unknown");
    case State::Off: return tr("Turned off");
    case State::On: return tr("Turned on");
    }
    Q_UNREACHABLE();
}

QString OrganizationViewModel::missingText() const
{
    return m_missing ? ProviderListModel::missingText() : QString();
}

void OrganizationViewModel::refresh()
{
    if (!m_loading && m_wait.seconds() == 0)
        load();
}

void OrganizationViewModel::reload()
{
    // An answer under way may be from before the change.
    ++m_load;
    m_loading = false;
    refresh();
    Q_EMIT changed();
}

void OrganizationViewModel::manage()
{
    ProviderStates states;
    if (m_state != State::Unknown)
        states.insert(ProviderType::OrganizationDuo, m_state == State::On);
    m_duo.open({.states = states});
}

QCoro::Task<void> OrganizationViewModel::load()
{
    const QPointer self(this);
    const quint64 number = ++m_load;
    m_loading = true;
    Q_EMIT changed();
    const auto states = co_await fetchOrganizationStates(m_session, m_organization.id);
    if (!self || number != m_load)
        co_return;
    m_loading = false;
    m_problemText.clear();
    if (states) {
        m_state = states->value(ProviderType::OrganizationDuo, false) ? State::On : State::Off;
        m_missing = false;
    } else if (states.error().kind == ErrorKind::NotOffered) {
        // Who only manages policies is told this too, and may change Duo all the same.
        m_problemText = tr(
            "This server may not offer Duo for organizations, or shows its state only "
            "to owners and admins.");
    } else if (states.error().kind != ErrorKind::Canceled) {
        m_problemText = userMessage(states.error());
        if (states.error().kind == ErrorKind::RateLimited)
            m_wait.start(states.error().retryAfter);
    }
    Q_EMIT changed();
}

} // namespace Sparekey
