// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: it ties the list, the dialogs of all methods and the recovery code together.

#include "ui/twosteplogin/twosteploginviewmodel.h"

#include "core/account/policies.h"
#include "ui/messages/dates.h"
#include "ui/messages/usermessage.h"
#include "ui/recoverycode/copytext.h"

#include <utility>

namespace Sparekey {

TwoStepLoginViewModel::TwoStepLoginViewModel(std::shared_ptr<Session> session, Settings &settings,
                                             PrintService &printing, AccountCodeKeeper &keeper,
                                             HardwareKeys &keys, KeyInventory &inventory,
                                             QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
    , m_keeper(keeper)
    , m_recoveryCode(session, settings, printing, keeper)
    , m_api(std::make_shared<ProviderApi>(std::move(session)))
    , m_authenticator(m_api, settings, printing)
    , m_email(m_api)
    , m_duo(m_api)
    , m_yubicoOtp(m_api, keys)
    , m_passkey(m_api, keys, inventory)
{
    for (ProviderViewModel *provider : m_managed)
        listenTo(*provider);
    connect(&m_recoveryCode, &RecoveryCodeViewModel::copyRecorded, this, [this] {
        m_settings.setCopyReminders(settingsKey(), 0);
        Q_EMIT copyStatusChanged();
        updateContext();
    });
    connect(&m_recoveryCode, &RecoveryCodeViewModel::postponed, this, [this] {
        m_reminds = true;
        Q_EMIT copyStatusChanged();
    });
    // Remind from now on, however the dialog ends, even by a crash or a lock.
    connect(&m_recoveryCode, &RecoveryCodeViewModel::stageChanged, this, [this] {
        if (m_recoveryCode.isFirstMethod()
            && m_recoveryCode.stage() == RecoveryCodeViewModel::Stage::Shown) {
            m_settings.setCopyReminders(settingsKey(), 3);
        }
        if (m_recoveryCode.stage() == RecoveryCodeViewModel::Stage::NoCode && m_recoveryCodeUsed) {
            m_newCodeComesLater = true;
            Q_EMIT changed();
        }
    });
    if (const int reminders = m_settings.copyReminders(settingsKey()); reminders > 0) {
        m_settings.setCopyReminders(settingsKey(), reminders - 1);
        m_reminds = true;
    }
    connect(m_session.get(), &Session::expired, this, &TwoStepLoginViewModel::setSessionExpired);
    connect(&m_wait, &Countdown::secondsChanged, this, &TwoStepLoginViewModel::waitSecondsChanged);
    m_providers.setBlockedReason(tr("The list is still being loaded."));
    load();
    loadUnsupported();
}

TwoStepLoginViewModel::~TwoStepLoginViewModel() = default;

void TwoStepLoginViewModel::refresh()
{
    if (m_loading || !mayLoad())
        return;
    reload();
    loadUnsupported();
}

void TwoStepLoginViewModel::setInFront(bool inFront, BootClock::time_point now)
{
    if (inFront == isInFront())
        return;
    const bool longAway = inFront && m_leftAt && now - *m_leftAt > longAbsence;
    m_leftAt = inFront ? std::nullopt : std::optional(now);
    Q_EMIT inFrontChanged();
    if (longAway)
        refresh();
}

bool TwoStepLoginViewModel::mayLoad() const
{
    return m_wait.seconds() == 0 && m_loadState != LoadState::SessionExpired;
}

void TwoStepLoginViewModel::reload()
{
    // A pending answer may be from before the change that needs this reload.
    m_load.cancel();
    m_loading = false;
    if (!mayLoad())
        return;
    setState(m_loadedAt.isValid() ? LoadState::Refreshing : LoadState::Loading, {});
    load();
}

void TwoStepLoginViewModel::setPremium(bool premium)
{
    m_premium = premium;
    m_providers.setPremium(premium);
    updateContext();
}

void TwoStepLoginViewModel::setOrganizations(bool inOrganization, const QStringList &withPolicies)
{
    m_inOrganization = inOrganization;
    m_policyOrganizations = withPolicies;
    updateContext();
    loadPolicy();
}

void TwoStepLoginViewModel::setRecoveryCodeUsed(bool used)
{
    m_recoveryCodeUsed = used;
    m_newCodeComesLater = false;
    // All copies are of the old code, which is void.
    if (used) {
        m_settings.forgetCopies(settingsKey());
        m_keeper.recordUse(settingsKey());
        Q_EMIT copyStatusChanged();
    }
    Q_EMIT changed();
}

void TwoStepLoginViewModel::setSessionExpired()
{
    closeAll();
    setState(LoadState::SessionExpired, sessionEndedText());
}

ProviderViewModel *TwoStepLoginViewModel::managed(int type) const
{
    for (ProviderViewModel *provider : m_managed) {
        if (static_cast<int>(provider->type()) == type)
            return provider;
    }
    return nullptr;
}

bool TwoStepLoginViewModel::manage(int type)
{
    ProviderViewModel *provider = managed(type);
    if (provider)
        provider->open(context());
    return provider != nullptr;
}

void TwoStepLoginViewModel::turnOff(int type)
{
    if (ProviderViewModel *provider = managed(type))
        provider->openToTurnOff(context());
}

void TwoStepLoginViewModel::listenTo(ProviderViewModel &provider)
{
    connect(&provider, &ProviderViewModel::reloadWanted, this, &TwoStepLoginViewModel::reload);
    connect(&provider, &ProviderViewModel::foundUnsupported, this,
            [this, &provider] { m_providers.addUnsupported(provider.type()); });
    connect(&provider, &ProviderViewModel::leftDuringChange, this, [this] {
        Q_EMIT noted(tr("Canceled. If the server has already made the change, the list will show "
                        "it."));
    });
    connect(&provider, &ProviderViewModel::noted, this, &TwoStepLoginViewModel::noted);
    connect(&provider, &ProviderViewModel::recoveryCodeWanted, &m_recoveryCode,
            &RecoveryCodeViewModel::open);
    // Set the reminders before asking the server. If the program is killed after the answer, it
    // reminds the user of the code at the next start, if a method is on then.
    connect(&provider, &ProviderViewModel::turningOn, this, [this] {
        if (m_providers.turnedOnCount() > 0 || isCodeSaved())
            return;
        m_remindersBefore = m_settings.copyReminders(settingsKey());
        m_settings.setCopyReminders(settingsKey(), 3);
    });
    connect(&provider, &ProviderViewModel::turnOnFailed, this, [this] {
        if (const auto before = std::exchange(m_remindersBefore, std::nullopt))
            m_settings.setCopyReminders(settingsKey(), *before);
    });
    connect(&provider, &ProviderViewModel::turnedOn, this, [this, &provider] {
        const bool first = m_providers.turnedOnCount() == 0;
        m_first = first ? std::optional(provider.type()) : std::nullopt;
        m_providers.setState(provider.type(), true);
    });
    connect(&provider, &ProviderViewModel::switched, this,
            [this, &provider](bool on, const SharedProof &proof) {
                const bool wasFirst = std::exchange(m_first, std::nullopt) == provider.type();
                const bool first = on && (wasFirst || m_providers.turnedOnCount() == 0);
                m_providers.setState(provider.type(), on);
                if (on)
                    m_recoveryCodeUsed = m_newCodeComesLater = false;
                Q_EMIT changed();
                Q_EMIT copyStatusChanged();
                Q_EMIT noted(on ? tr("%1 is turned on.").arg(provider.name())
                                : tr("%1 is turned off.").arg(provider.name()));
                if (first)
                    m_recoveryCode.openAfterFirstMethod(proof);
                reload();
            });
}

AccountContext TwoStepLoginViewModel::context() const
{
    return {.states = m_providers.states(),
            .premium = m_premium,
            .inOrganization = m_inOrganization,
            .requiredByOrganization = m_requiredByOrganization.value_or(false),
            .codeSaved = isCodeSaved()};
}

void TwoStepLoginViewModel::updateContext()
{
    for (ProviderViewModel *provider : m_managed)
        provider->setContext(context());
}

void TwoStepLoginViewModel::closeAll()
{
    m_recoveryCode.close();
    for (ProviderViewModel *provider : m_managed)
        provider->close();
}

void TwoStepLoginViewModel::forgetSecrets()
{
    m_first.reset();
    closeAll();
    m_recoveryCode.clearClipboard();
    m_authenticator.clearClipboard();
}

QString TwoStepLoginViewModel::bannerTitle() const
{
    if (m_loadState != LoadState::Offline)
        return {};
    return tr("You’re offline. Read-only.");
}

QString TwoStepLoginViewModel::asOfText() const
{
    const bool stale = m_loadState == LoadState::Offline || m_loadState == LoadState::ServerProblem;
    if (!stale || !m_loadedAt.isValid())
        return {};
    return tr("As of %1").arg(shownTime(m_loadedAt));
}

QString TwoStepLoginViewModel::announcement() const
{
    switch (m_loadState) {
    case LoadState::Loading: return tr("Loading");
    case LoadState::Refreshing: return {};
    case LoadState::Loaded:
        if (m_providers.turnedOnCount() == 0)
            return tr("Providers loaded, none turned on");
        return tr("Providers loaded, %n turned on", nullptr, m_providers.turnedOnCount());
    case LoadState::Offline:
    case LoadState::ServerProblem:
    case LoadState::SessionExpired: return m_bannerText;
    }
    Q_UNREACHABLE();
}

// The key gets into the account, but official servers let it manage nothing.
QString TwoStepLoginViewModel::apiKeyNotEnoughText() const
{
    if (m_session->account().hasMasterPassword) {
        return tr("This server does not let anybody manage two-step login with an API key. Sign "
                  "out, and sign in with your master password.");
    }
    return tr("This server does not let anybody manage two-step login with an API key, and your "
              "account has no master password to sign in with. Use the web vault, where you sign "
              "in with single sign-on (SSO) or with a trusted device. If you have lost your second "
              "step, ask the administrator of your organization.");
}

QString TwoStepLoginViewModel::recoveryCodeReason() const
{
    switch (m_loadState) {
    case LoadState::Loading: return tr("The page is still being loaded.");
    case LoadState::Offline: return tr("Go online to view the code.");
    case LoadState::SessionExpired: return sessionEndedText();
    case LoadState::Loaded:
    case LoadState::Refreshing:
        // Also if no method is on: the code stays valid when methods are turned off.
    case LoadState::ServerProblem: return {};
    }
    Q_UNREACHABLE();
}

QString TwoStepLoginViewModel::copyStatusText() const
{
    const QList<CopyRecord> copies = m_settings.copies(settingsKey());
    return copies.isEmpty() ? tr("No copy made on this computer") : copiesText(copies);
}

bool TwoStepLoginViewModel::isLastMethodRequired() const
{
    return isListKnown() && m_requiredByOrganization == true && m_providers.turnedOnCount() == 1;
}

bool TwoStepLoginViewModel::isNothingOn() const
{
    return isListKnown() && m_providers.turnedOnCount() == 0;
}

bool TwoStepLoginViewModel::isListKnown() const
{
    return m_loadState == LoadState::Loaded || m_loadState == LoadState::Refreshing;
}

bool TwoStepLoginViewModel::isCodeSaved() const
{
    return !m_settings.copies(settingsKey()).isEmpty();
}

bool TwoStepLoginViewModel::remindsOfCode() const
{
    return m_reminds && !isCodeSaved() && !isNothingOn();
}

void TwoStepLoginViewModel::confirmCodeKept()
{
    m_settings.addCopy(settingsKey(),
                       {.kind = CopyKind::Elsewhere,
                        .when = QDateTime::currentDateTimeUtc(),
                        .sheetId = {}});
    m_settings.setCopyReminders(settingsKey(), 0);
    Q_EMIT copyStatusChanged();
}

QString TwoStepLoginViewModel::settingsKey() const
{
    return m_session->account().key();
}

QCoro::Task<void> TwoStepLoginViewModel::load()
{
    const auto ticket = m_load.renew();
    m_loading = true;
    const auto states = co_await fetchProviderStates(m_session);
    if (!ticket)
        co_return;
    m_loading = false;
    if (states) {
        m_loadedAt = QDateTime::currentDateTime();
        m_providers.setStates(*states);
        updateContext();
        setState(LoadState::Loaded, {});
        loadPolicy();
        co_return;
    }

    const Error &error = states.error();
    if (error.kind == ErrorKind::Canceled)
        co_return;
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    if (error.kind == ErrorKind::SessionExpired)
        setSessionExpired();
    else if (error.kind == ErrorKind::NotAllowed && m_session->account().byApiKey)
        setState(LoadState::ServerProblem, apiKeyNotEnoughText());
    else if (isConnectionProblem(error.kind))
        setState(LoadState::Offline, userMessage(error));
    else
        setState(LoadState::ServerProblem, userMessage(error));
}

QCoro::Task<void> TwoStepLoginViewModel::loadUnsupported()
{
    const auto ticket = m_load.ticket();
    const auto unsupported = co_await fetchUnsupportedProviders(m_session);
    if (ticket.ownerExists() && unsupported)
        m_providers.setUnsupported(*unsupported);
}

QCoro::Task<void> TwoStepLoginViewModel::loadPolicy()
{
    // The answer contains the whole vault, so request it only when something depends on it.
    if (m_requiredByOrganization || m_loadingPolicy || m_policyOrganizations.isEmpty()
        || m_providers.turnedOnCount() != 1)
        co_return;
    const auto ticket = m_load.ticket();
    m_loadingPolicy = true;
    const auto required = co_await fetchTwoStepRequired(m_session, m_policyOrganizations);
    if (!ticket.ownerExists())
        co_return;
    m_loadingPolicy = false;
    if (!required)
        co_return;
    m_requiredByOrganization = *required;
    updateContext();
    Q_EMIT changed();
}

void TwoStepLoginViewModel::setState(LoadState state, const QString &bannerText)
{
    m_loadState = state;
    m_bannerText = bannerText;
    switch (state) {
    case LoadState::Loading:
        m_providers.setBlockedReason(tr("The list is still being loaded."));
        break;
    case LoadState::Offline: m_providers.setBlockedReason(bannerTitle()); break;
    case LoadState::SessionExpired: m_providers.setBlockedReason(sessionEndedText()); break;
    case LoadState::Loaded:
    case LoadState::Refreshing: m_providers.setBlockedReason({}); break;
    case LoadState::ServerProblem:
        m_providers.setBlockedReason(m_loadedAt.isValid()
                                         ? QString()
                                         : tr("The server could not tell which methods are on."));
        break;
    }
    Q_EMIT changed();
    Q_EMIT copyStatusChanged();
}

} // namespace Sparekey
