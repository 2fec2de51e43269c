// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/providerviewmodel.h"

#include "core/twofactor/providererrors.h"
#include "ui/messages/providertexts.h"
#include "ui/messages/usermessage.h"
#include "ui/messages/waittexts.h"

#include <utility>

namespace Sparekey {

ProviderViewModel::ProviderViewModel(ProviderType type, std::shared_ptr<ProviderApi> api,
                                     QObject *parent)
    : QObject(parent)
    , m_type(type)
    , m_api(std::move(api))
    , m_verification([this](SecureBuffer password) { return verify(std::move(password)); })
{
    m_verification.setSession(m_api->session());
    connect(&m_wait, &Countdown::secondsChanged, this, &ProviderViewModel::waitTextChanged);
    connect(&m_verification, &VerificationViewModel::canceled, this, [this] {
        // The dialog behind the second prompt stays, with all entries.
        if (m_stage == Stage::VerifyingAgain && !m_onlyTurningOff) {
            m_again = nullptr;
            setStage(Stage::Open);
        } else {
            close();
        }
    });
    connect(&m_verification, &VerificationViewModel::accepted, this,
            [this] { continueAfterProof(); });
}

ProviderViewModel::~ProviderViewModel() = default;

QString ProviderViewModel::name() const
{
    return providerName(m_type);
}

QString ProviderViewModel::account() const
{
    return m_api->session()->account().email;
}

QString ProviderViewModel::waitText() const
{
    return WaitTexts::blocked(m_wait.seconds());
}

QString ProviderViewModel::turnOffNote() const
{
    return m_context.turnOffNote(m_type, lacksPremium());
}

bool ProviderViewModel::isCodeUnsaved() const
{
    // A recovery code does not turn off an organization's Duo.
    return m_type != ProviderType::OrganizationDuo && !m_context.codeSaved
        && !m_context.othersOn(m_type).isEmpty();
}

bool ProviderViewModel::isLapsed() const
{
    return m_on && lacksPremium();
}

bool ProviderViewModel::lacksPremium() const
{
    return m_refusedForPremium || (needsPremium(m_type) && m_context.premium == false);
}

bool ProviderViewModel::isOnlyMethod() const
{
    return m_type != ProviderType::OrganizationDuo && m_context.othersOn(m_type).isEmpty();
}

void ProviderViewModel::open(const AccountContext &context)
{
    if (m_stage != Stage::Closed)
        return;
    m_context = context;
    m_verification.reset();
    setStage(Stage::Verifying);
}

void ProviderViewModel::openToTurnOff(const AccountContext &context)
{
    if (m_stage != Stage::Closed)
        return;
    m_onlyTurningOff = true;
    open(context);
}

void ProviderViewModel::continueAfterProof()
{
    setStage(Stage::Open);
    if (const auto again = std::exchange(m_again, nullptr)) {
        again();
    } else if (m_onlyTurningOff) {
        // Nothing is left to do if it was turned off elsewhere. If several keys would be lost, ask
        // first.
        m_onlyTurningOff = m_on;
        askToTurnOff();
        if (keyNames().size() < 2)
            turnOff();
    }
}

void ProviderViewModel::setContext(const AccountContext &context)
{
    m_context = context;
    if (m_stage == Stage::Closed)
        return;
    Q_EMIT changed();
    if (m_stage == Stage::Open && !m_busy)
        reloaded();
}

void ProviderViewModel::close()
{
    if (m_stage == Stage::Closed)
        return;
    m_opening.cancel();
    m_verification.reset();
    m_again = nullptr;
    m_proof.reset();
    m_on = false;
    m_busy = false;
    m_askingToTurnOff = false;
    m_onlyTurningOff = false;
    m_refusedForPremium = false;
    m_switchedOn = false;
    m_errorText.clear();
    m_noticeText.clear();
    forget();
    setStage(Stage::Closed);
}

void ProviderViewModel::leave()
{
    const bool writing = m_busy;
    const bool switchedOn = m_switchedOn;
    const SharedProof proof = m_proof;
    close();
    if (switchedOn)
        Q_EMIT switched(true, proof);
    if (writing)
        Q_EMIT leftDuringChange();
}

void ProviderViewModel::askToTurnOff()
{
    if (m_stage != Stage::Open || m_busy || !m_on)
        return;
    m_errorText.clear();
    m_askingToTurnOff = true;
    Q_EMIT changed();
}

void ProviderViewModel::cancelTurnOff()
{
    if (m_busy)
        return;
    m_askingToTurnOff = false;
    if (m_onlyTurningOff)
        close();
    Q_EMIT changed();
}

void ProviderViewModel::turnOff()
{
    if (mayChange() && m_askingToTurnOff)
        sendTurnOff(true);
}

void ProviderViewModel::viewRecoveryCode()
{
    if (m_busy)
        return;
    close();
    Q_EMIT recoveryCodeWanted();
}

bool ProviderViewModel::showError(const Error &error)
{
    Q_UNUSED(error)
    return false;
}

void ProviderViewModel::keep(SharedProof proof, bool on)
{
    const bool before = m_stage == Stage::Verifying ? m_context.states.value(m_type, false) : m_on;
    m_proof = std::move(proof);
    m_on = on;
    // Users who manage only an organization's policies could not see the state before.
    const bool known = m_stage != Stage::Verifying || m_type != ProviderType::OrganizationDuo
        || m_context.states.contains(m_type);
    if (on == before || !known)
        return;
    // The planned action was meant for another state.
    m_again = nullptr;
    m_askingToTurnOff = false;
    m_onlyTurningOff = false;
    reportChangedElsewhere(on ? tr("This method was turned on elsewhere.")
                              : tr("This method was turned off elsewhere."));
}

bool ProviderViewModel::openLapsed(const SharedProof &proof, const Error &error)
{
    const bool known = m_on || m_context.states.value(m_type, false);
    if (error.kind != ErrorKind::PremiumRequired || !known)
        return false;
    m_refusedForPremium = true;
    keep(proof, true);
    return true;
}

void ProviderViewModel::showNotice(const QString &text)
{
    m_noticeText = text;
    Q_EMIT changed();
}

void ProviderViewModel::reportChangedElsewhere(const QString &text)
{
    showNotice(text);
    Q_EMIT reloadWanted();
}

void ProviderViewModel::setError(const QString &text)
{
    m_errorText = text;
    Q_EMIT changed();
}

bool ProviderViewModel::mayChange() const
{
    return m_stage == Stage::Open && !m_busy && m_wait.seconds() == 0;
}

QCoro::Task<bool> ProviderViewModel::beginChange(std::function<void()> again)
{
    const auto ticket = m_opening.ticket();
    begin();
    const bool before = m_on;
    const auto unchanged = co_await m_api->isUnchanged(m_proof, m_type, before);
    if (!ticket)
        co_return false;
    if (unchanged && *unchanged)
        co_return true;
    // g++ 12 destroys the temporaries of a conditional expression around `co_await` twice.
    Result<void> shown;
    if (unchanged) {
        shown = co_await reloadState();
        if (!ticket)
            co_return false;
    } else {
        shown = fail(unchanged.error());
    }
    // If the server itself changed the method in the middle of this change, nobody else did.
    if (shown && m_on == before)
        co_return true;
    end(shown, std::move(again));
    co_return false;
}

QCoro::Task<Result<void>> ProviderViewModel::reloadState()
{
    const auto done = co_await read(m_proof);
    if (!done)
        co_return fail(asProofExpired(done.error()));
    co_return Result<void>();
}

void ProviderViewModel::recordTurningOn()
{
    m_turningOn = true;
    Q_EMIT turningOn();
}

void ProviderViewModel::recordTurnOnEnded(const Result<void> &result)
{
    if (std::exchange(m_turningOn, false) && !result
        && result.error().kind != ErrorKind::OutcomeUnknown)
        Q_EMIT turnOnFailed();
}

void ProviderViewModel::begin()
{
    m_busy = true;
    m_errorText.clear();
    m_noticeText.clear();
    Q_EMIT changed();
}

void ProviderViewModel::end(const Result<void> &result, std::function<void()> again)
{
    m_busy = false;
    recordTurnOnEnded(result);
    if (!result) {
        const Error &error = result.error();
        if (error.kind == ErrorKind::ProofExpired && again) {
            m_again = std::move(again);
            m_verification.reset();
            setStage(Stage::VerifyingAgain);
            return;
        }
        if (error.kind == ErrorKind::OutcomeUnknown)
            Q_EMIT reloadWanted();
        if (error.kind == ErrorKind::RateLimited)
            m_wait.start(error.retryAfter);
        else if (!showError(error))
            m_errorText = userMessage(error);
    }
    Q_EMIT changed();
}

void ProviderViewModel::succeed(bool on)
{
    const SharedProof proof = m_proof;
    m_turningOn = false;
    close();
    Q_EMIT switched(on, proof);
}

void ProviderViewModel::succeedAndStay()
{
    m_on = true;
    m_turningOn = false;
    m_switchedOn = true;
    Q_EMIT turnedOn();
    end({}, {});
}

void ProviderViewModel::endAfterClosing(const Result<void> &result, bool on,
                                        const SharedProof &proof)
{
    recordTurnOnEnded(result);
    if (result)
        Q_EMIT switched(on, proof);
    else
        Q_EMIT reloadWanted();
}

QCoro::Task<Result<void>> ProviderViewModel::verify(SecureBuffer password)
{
    const auto ticket = m_opening.ticket();
    const auto proof = co_await m_api->prove(std::move(password));
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!proof)
        co_return fail(proof.error());
    const auto done = co_await read(*proof);
    if (ticket.ownerExists() && !done && isNotOffered(done.error()))
        Q_EMIT foundUnsupported();
    co_return done;
}

QCoro::Task<void> ProviderViewModel::sendTurnOff(bool mayAskAgain)
{
    const auto ticket = m_opening.ticket();
    const SharedProof proof = m_proof;
    begin();
    const auto off = co_await m_api->turnOff(proof, m_type, setupKey());
    if (!ticket.ownerExists())
        co_return;
    if (!ticket) {
        endAfterClosing(off, false, proof);
        co_return;
    }
    if (off) {
        succeed(false);
        co_return;
    }
    std::function<void()> again;
    if (mayAskAgain)
        again = [this] {
            sendTurnOff(false);
        };
    end(off, std::move(again));
}

void ProviderViewModel::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace Sparekey
