// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: its parts share too much state to be split by lines alone.

#include "ui/providers/providerviewmodel.h"

#include "ui/messages/usermessage.h"
#include "ui/messages/waittexts.h"

#include <QPointer>

#include <utility>

namespace Sparekey {

namespace {

bool saysMissing(const Error &error)
{
    return error.kind == ErrorKind::NotOffered || error.kind == ErrorKind::YubicoNotSetUp
        || error.kind == ErrorKind::SiteHasNoName;
}

} // namespace

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
        // The dialog behind the second prompt stays, with all that was typed.
        if (m_stage == Stage::VerifyingAgain) {
            m_again = nullptr;
            setStage(Stage::Open);
        } else {
            close();
        }
    });
    connect(&m_verification, &VerificationViewModel::accepted, this, [this] {
        setStage(Stage::Open);
        if (const auto again = std::exchange(m_again, nullptr))
            again();
    });
}

ProviderViewModel::~ProviderViewModel() = default;

QString ProviderViewModel::name() const
{
    return providerName(m_type);
}

QString ProviderViewModel::waitText() const
{
    return WaitTexts::blocked(m_wait.seconds());
}

QString ProviderViewModel::turnOffNote() const
{
    if (m_type == ProviderType::OrganizationDuo)
        return tr("No member of the organization will be asked for Duo any more.");
    QStringList notes;
    const QList<ProviderType> others = othersOn();
    if (others.isEmpty()) {
        notes.append(tr("Then only your password protects the account."));
        if (m_circumstances.requiredByOrganization)
            notes.append(tr("Your organization requires two-step login and may remove you."));
        else if (m_circumstances.inOrganization)
            notes.append(tr("An organization that requires two-step login may remove you."));
    } else if (others == QList{ProviderType::Email}) {
        notes.append(tr("Only email will be left."));
    }
    if (isLapsed())
        notes.append(tr("Without Premium it cannot be turned on again."));
    return notes.join(u'\n');
}

bool ProviderViewModel::isCodeNotKept() const
{
    // A recovery code does not lift an organization's Duo.
    return m_type != ProviderType::OrganizationDuo && !m_circumstances.codeKept
        && !othersOn().isEmpty();
}

bool ProviderViewModel::isLapsed() const
{
    return m_on
        && (m_refusedForPremium || (needsPremium(m_type) && m_circumstances.premium == false));
}

bool ProviderViewModel::isOnlyMethod() const
{
    return m_type != ProviderType::OrganizationDuo && othersOn().isEmpty();
}

void ProviderViewModel::open(const Circumstances &circumstances)
{
    if (m_stage != Stage::Closed)
        return;
    m_circumstances = circumstances;
    m_verification.reset();
    setStage(Stage::Verifying);
}

void ProviderViewModel::setCircumstances(const Circumstances &circumstances)
{
    m_circumstances = circumstances;
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
    ++m_opening;
    m_verification.reset();
    m_again = nullptr;
    m_proof.reset();
    m_on = false;
    m_busy = false;
    m_askingToTurnOff = false;
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
        Q_EMIT leftBehind();
}

void ProviderViewModel::askToTurnOff()
{
    if (m_stage != Stage::Open || m_busy || !m_on)
        return;
    m_errorText.clear();
    m_askingToTurnOff = true;
    Q_EMIT changed();
}

void ProviderViewModel::keepOn()
{
    if (m_busy)
        return;
    m_askingToTurnOff = false;
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
    const bool before = m_stage == Stage::Verifying ? m_circumstances.states.value(m_type, false)
                                                    : m_on;
    m_proof = std::move(proof);
    m_on = on;
    // Whoever manages only the policies of an organization is not told before.
    const bool known = m_stage != Stage::Verifying || m_type != ProviderType::OrganizationDuo
        || m_circumstances.states.contains(m_type);
    if (on == before || !known)
        return;
    // What was about to be done was meant for another state.
    m_again = nullptr;
    m_askingToTurnOff = false;
    noteChangedElsewhere(on ? tr("This method was turned on elsewhere meanwhile.")
                            : tr("This method was turned off elsewhere meanwhile."));
}

bool ProviderViewModel::keepLapsed(const SharedProof &proof, const Error &error)
{
    const bool known = m_on || m_circumstances.states.value(m_type, false);
    if (error.kind != ErrorKind::PremiumNeeded || !known)
        return false;
    m_refusedForPremium = true;
    keep(proof, true);
    return true;
}

void ProviderViewModel::tell(const QString &text)
{
    m_noticeText = text;
    Q_EMIT changed();
}

void ProviderViewModel::noteChangedElsewhere(const QString &text)
{
    tell(text);
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
    const QPointer self(this);
    const quint64 opening = m_opening;
    begin();
    const auto asShown = co_await isAsShown();
    if (!self || opening != m_opening)
        co_return false;
    if (asShown && *asShown)
        co_return true;
    if (asShown)
        end({}, {});
    else
        end(fail(asShown.error()), std::move(again));
    co_return false;
}

QCoro::Task<Result<bool>> ProviderViewModel::isAsShown()
{
    const QPointer self(this);
    const quint64 opening = m_opening;
    // The second look would get a new token without anybody having been asked for the password.
    if (m_proof->isExpired())
        co_return fail(ErrorKind::ProofExpired);
    const bool byMail = !m_proof->mailedCode.isEmpty();
    if (m_type == ProviderType::OrganizationDuo) {
        // Its list is not for everybody who may change it, and a mailed code is good for no further
        // look.
        if (byMail)
            co_return true;
    } else {
        // Looking at the settings themselves makes a new key of an authenticator that is off.
        const auto states = co_await fetchProviderStates(m_api->session());
        if (!self || opening != m_opening)
            co_return fail(ErrorKind::Canceled);
        if (!states)
            co_return fail(states.error());
        // Without tokens it may be a Vaultwarden, whose list leaves out what the server is not set
        // up for, even if it is on.
        const bool complete = m_type == ProviderType::Authenticator || !m_proof->token.isEmpty();
        if (states->value(m_type, false) == m_on
            && (complete || byMail || states->contains(m_type)))
            co_return true;
    }
    const bool before = m_on;
    const auto done = co_await read(m_proof);
    if (!self || opening != m_opening)
        co_return fail(ErrorKind::Canceled);
    if (!done) {
        Error error = done.error();
        // It was right when the dialog was opened.
        if (error.kind == ErrorKind::WrongSecret)
            error.kind = ErrorKind::ProofExpired;
        co_return fail(error);
    }
    co_return m_on == before;
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
    close();
    Q_EMIT switched(on, proof);
}

void ProviderViewModel::succeedAndStay()
{
    m_on = true;
    m_switchedOn = true;
    Q_EMIT turnedOn();
    end({}, {});
}

void ProviderViewModel::endLate(const Result<void> &result, bool on, const SharedProof &proof)
{
    if (result)
        Q_EMIT switched(on, proof);
    else
        Q_EMIT reloadWanted();
}

QCoro::Task<Result<void>> ProviderViewModel::verify(SecureBuffer password)
{
    const QPointer self(this);
    const quint64 opening = m_opening;
    const auto proof = co_await m_api->prove(std::move(password));
    if (!self || opening != m_opening)
        co_return fail(ErrorKind::Canceled);
    if (!proof)
        co_return fail(proof.error());
    const auto done = co_await read(*proof);
    if (self && !done && saysMissing(done.error()))
        Q_EMIT foundMissing();
    co_return done;
}

QCoro::Task<void> ProviderViewModel::sendTurnOff(bool mayAskAgain)
{
    const QPointer self(this);
    const quint64 opening = m_opening;
    const SharedProof proof = m_proof;
    begin();
    const auto off = co_await m_api->turnOff(proof, m_type, authenticatorKey());
    if (!self)
        co_return;
    if (opening != m_opening) {
        endLate(off, false, proof);
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

QList<ProviderType> ProviderViewModel::othersOn() const
{
    QList<ProviderType> others;
    const ProviderStates &states = m_circumstances.states;
    for (auto it = states.cbegin(); it != states.cend(); ++it) {
        if (it.value() && it.key() != m_type)
            others.append(it.key());
    }
    return others;
}

void ProviderViewModel::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace Sparekey
