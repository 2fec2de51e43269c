// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/secondstepviewmodel.h"

#include "ui/messages/clocktext.h"
#include "ui/messages/providertexts.h"
#include "ui/messages/usermessage.h"
#include "ui/signin/codetexts.h"
#include "ui/signin/passkeysignature.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

SecondStepViewModel::Method methodOf(std::optional<ProviderType> type)
{
    using Method = SecondStepViewModel::Method;
    if (!type)
        return Method::None;
    switch (*type) {
    case ProviderType::Authenticator: return Method::Authenticator;
    case ProviderType::Email: return Method::Email;
    case ProviderType::YubicoOtp: return Method::YubicoOtp;
    case ProviderType::Duo:
    case ProviderType::OrganizationDuo: return Method::Duo;
    case ProviderType::Passkey: return Method::Passkey;
    case ProviderType::U2f:
    case ProviderType::Remember:
    case ProviderType::RecoveryCode: return Method::None;
    }
    Q_UNREACHABLE();
}

} // namespace

SecondStepViewModel::SecondStepViewModel(SignInAttempt &attempt, HardwareKeys &keys,
                                         QObject *parent)
    : SignInPageViewModel(attempt, parent)
    , m_keys(keys)
    , m_keyPrompt(keys)
    , m_otpTap(keys, [this](SecureBuffer code) {
        if (m_shown && method() == Method::YubicoOtp && this->attempt().canSend()) {
            clearMessages();
            submitToken(std::move(code));
        }
    })
{
    connect(&m_email, &CodeEmail::changed, this, &SecondStepViewModel::changed);
    connect(&m_email, &CodeEmail::resendSecondsChanged, this,
            &SecondStepViewModel::resendSecondsChanged);
    connect(&m_duo, &DuoBrowser::answerPossible, this, [this] {
        if (!m_shown || method() != Method::Duo || !this->attempt().canSend())
            return;
        auto answer = m_duo.takeFromClipboard();
        if (answer.token.isEmpty())
            return;
        clearMessages();
        submitDuo(std::move(answer));
    });
}

void SecondStepViewModel::begin(SecondStepChallenge challenge,
                                std::optional<ProviderType> lastMethod)
{
    reset();
    m_lastMethod = lastMethod;
    m_challenge = std::move(challenge);
    // If the server cannot reach Duo, choose among all methods: the page for Duo says what to do.
    std::optional<ProviderType> type;
    if (!m_challenge.duoUnreachable)
        type = defaultMethod(m_challenge.usable(), m_lastMethod);
    if (!type)
        type = defaultMethod(m_challenge.offered, m_lastMethod);
    if (type)
        select(*type);
}

void SecondStepViewModel::restart(SecondStepChallenge challenge)
{
    m_shown = true;
    m_challenge = std::move(challenge);
    m_type = defaultMethod(m_challenge.offered, m_lastMethod);
    m_keyAnswered = false;
    m_email.markVoid();
    offerDuo();
    showBanner(tr("The server asks for the second step again. Choose a method."));
}

void SecondStepViewModel::reset()
{
    m_keyPrompt.cancel();
    m_keyAnswered = false;
    m_challenge = {};
    m_type.reset();
    m_email.reset();
    m_duo.offer({}, {});
    m_shown = true;
    m_rememberDevice = false;
    SignInPageViewModel::reset();
}

void SecondStepViewModel::pause()
{
    m_shown = false;
    m_keyPrompt.cancel();
    clearMessages();
    Q_EMIT changed();
}

void SecondStepViewModel::resume()
{
    m_shown = true;
    clearMessages();
    Q_EMIT changed();
    useKey();
}

SecondStepViewModel::Method SecondStepViewModel::method() const
{
    return methodOf(m_type);
}

QString SecondStepViewModel::methodName() const
{
    return m_type ? providerName(*m_type) : QString();
}

QString SecondStepViewModel::methodIcon() const
{
    return m_type ? providerIcon(*m_type) : u"lock"_s;
}

QString SecondStepViewModel::guidance() const
{
    switch (method()) {
    case Method::Authenticator: return tr("Enter the code that your authenticator app shows now.");
    case Method::Email:
        if (m_email.isSending() && !m_email.wasSent())
            return tr("A code is being sent to your email address.");
        if (!m_email.wasSent())
            return tr("A code can be sent to your email address.");
        return m_challenge.maskedEmail.isEmpty()
            ? tr("Enter the code sent to your email address.")
            : tr("Enter the code sent to %1.").arg(m_challenge.maskedEmail);
    case Method::YubicoOtp: return tr("Plug in your YubiKey and touch it.");
    case Method::Duo:
        if (m_challenge.duoUnreachable)
            return tr("Duo cannot be asked at the moment. Perhaps it can later.");
        return tr("Approve in the browser, copy the next page’s address, then return.");
    case Method::Passkey:
        return tr("Use a security key that is registered with this account: plug it in and touch "
                  "it, or place it on a reader.");
    case Method::None:
        return tr("None of your methods works in this app. Use your recovery code, or sign in "
                  "elsewhere and add one.");
    }
    Q_UNREACHABLE();
}

QVariantList SecondStepViewModel::methods() const
{
    QVariantList list;
    for (const ProviderType type : inChooserOrder(m_challenge.offered)) {
        list.append(QVariantMap{{u"name"_s, providerName(type)},
                                {u"description"_s, providerDescription(type)},
                                {u"icon"_s, providerIcon(type)},
                                {u"chosen"_s, m_type == type}});
    }
    return list;
}

void SecondStepViewModel::setRememberDevice(bool remember)
{
    m_rememberDevice = remember;
    Q_EMIT changed();
}

void SecondStepViewModel::choose(int index)
{
    const auto offered = inChooserOrder(m_challenge.offered);
    if (!busy() && index >= 0 && index < offered.size())
        select(offered[index]);
}

void SecondStepViewModel::select(ProviderType type)
{
    m_keyPrompt.cancel();
    m_type = type;
    offerDuo();
    m_rememberDevice = false;
    clearMessages();
    Q_EMIT changed();
    // Send one code only: it stays valid while the user looks at another method.
    if (type == ProviderType::Email && !m_email.wasSent() && !m_email.isSending())
        sendEmail();
    else
        useKey();
    // Show the banner last, because the calls above clear all messages.
    if (method() == Method::Duo && m_challenge.duoUnreachable)
        showBanner(CodeTexts::duoUnreachable());
    else if (m_challenge.passkeysWithoutKey)
        showBanner(CodeTexts::passkeysWithoutKey());
    else if (method() == Method::Duo && !duoTrusted())
        showBanner(CodeTexts::foreignDuo(m_duo.authUrl()));
}

void SecondStepViewModel::offerDuo()
{
    m_duo.offer(m_type == ProviderType::OrganizationDuo ? m_challenge.organizationDuoAuthUrl
                                                        : m_challenge.duoAuthUrl,
                attempt().environment().webVault);
}

void SecondStepViewModel::submit(SecretEntry *entered)
{
    if (!attempt().canSend())
        return;
    if (method() == Method::YubicoOtp) {
        const SecureBuffer code = entered->take();
        QString text = QString::fromUtf8(code.view());
        submit(text);
        wipe(text);
        return;
    }
    entered->peek([this](QStringView text) { submit(text); });
}

void SecondStepViewModel::submit(QStringView entered)
{
    if (!attempt().canSend() || !m_type || (awaitsEmail() && m_email.isSending()))
        return;
    clearMessages();
    if (entered.trimmed().isEmpty()) {
        refuse(CodeTexts::nothingEntered(*m_type));
        return;
    }
    if (method() == Method::Duo) {
        submitDuo(m_duo.read(entered));
        return;
    }
    SecureBuffer token = normalizedCode(*m_type, entered);
    if (token.isEmpty())
        refuse(CodeTexts::unusable(*m_type, attempt().environment().webVault));
    else
        submitToken(std::move(token));
}

void SecondStepViewModel::submitDuo(DuoAnswer answer)
{
    if (!m_type)
        return;
    if (answer.isForOtherRequest)
        refuse(tr("This address is from an earlier try. Copy the one of the newest page."));
    else if (answer.token.isEmpty())
        refuse(CodeTexts::unusable(*m_type, attempt().environment().webVault));
    else
        submitToken(std::move(answer.token));
}

void SecondStepViewModel::submitToken(SecureBuffer token)
{
    if (!m_type)
        return;
    SecondStepToken answer{.type = *m_type,
                           .token = std::move(token),
                           .remember = m_rememberDevice};
    send(attempt().signIn()->submitSecondStep(std::move(answer)));
}

void SecondStepViewModel::useKey()
{
    if (m_shown && method() == Method::Passkey && attempt().canSend() && !m_keyPrompt.isActive())
        runKey();
}

QCoro::Task<void> SecondStepViewModel::runKey()
{
    const auto ticket = this->ticket();
    clearMessages();
    Q_EMIT changed();
    if (m_keyAnswered && m_email.wasSent()) {
        refuse(tr("A key can answer only once, and asking the server again would void the code "
                  "that was sent to you. Enter that code, or go back to sign in and start again."));
        co_return;
    }
    if (m_keyAnswered) {
        attempt().setBusy(true);
        auto asked = co_await attempt().signIn()->requestNewChallenge();
        if (!ticket)
            co_return;
        attempt().setBusy(false);
        if (!useChallenge(std::move(asked)))
            co_return;
        m_keyAnswered = false;
    }
    auto assertion = passkeyAssertionFrom(m_challenge.passkeyOptions,
                                          attempt().environment().webVault);
    if (!assertion) {
        showBanner(userMessage(assertion.error()));
        co_return;
    }
    auto token = co_await signWithKey(&m_keyPrompt, &m_keys, *std::move(assertion));
    // The user stopped, or chose another method meanwhile.
    if (!ticket || (!token && token.error().kind == ErrorKind::Canceled))
        co_return;
    if (!token) {
        refuse(userMessage(token.error()));
        co_return;
    }
    m_keyAnswered = true;
    submitToken(*std::move(token));
}

void SecondStepViewModel::openDuo()
{
    if (!attempt().canSend() || !duoTrusted())
        return;
    clearMessages();
    if (!m_duo.open())
        showBanner(tr("No browser could be opened."));
    Q_EMIT changed();
}

void SecondStepViewModel::resendEmail()
{
    if (attempt().canSend() && !m_email.isSending() && m_email.resendSeconds() == 0)
        sendEmail();
}

QCoro::Task<void> SecondStepViewModel::sendEmail()
{
    const auto ticket = this->ticket();
    if (!attempt().signIn())
        co_return;
    const bool again = m_email.wasSent();
    clearMessages();
    auto running = attempt().signIn()->sendEmailCode();
    const auto sent = co_await m_email.send(std::move(running));
    // The user may have chosen another method meanwhile.
    if (!ticket || !awaitsEmail())
        co_return;
    if (!sent) {
        showError(sent.error());
        co_return;
    }
    if (again)
        showNote(CodeEmail::sentAgainText());
    Q_EMIT codeWanted();
}

bool SecondStepViewModel::useChallenge(Result<SignInOutcome> asked)
{
    auto *challenge = asked ? std::get_if<SecondStepChallenge>(&*asked) : nullptr;
    if (!challenge || !m_type || !challenge->offered.contains(*m_type)) {
        finish(std::move(asked));
        return false;
    }
    m_challenge = std::move(*challenge);
    offerDuo();
    return true;
}

void SecondStepViewModel::showError(const Error &error)
{
    if (error.kind == ErrorKind::DuoAnswerStale) {
        restartDuo(userMessage(error));
        return;
    }
    if (error.kind == ErrorKind::WrongCode && method() == Method::Authenticator)
        showNote(clockText(error.count));
    SignInPageViewModel::showError(error);
}

// Duo's answer is valid for one challenge only. Requests a new challenge, with a new address.
QCoro::Task<void> SecondStepViewModel::restartDuo(QString why)
{
    const auto ticket = this->ticket();
    m_duo.close();
    attempt().setBusy(true);
    auto asked = co_await attempt().signIn()->requestNewChallenge();
    if (!ticket)
        co_return;
    attempt().setBusy(false);
    if (!useChallenge(std::move(asked)))
        co_return;
    m_email.markVoid();
    showBanner(why);
}

QString SecondStepViewModel::wrongCodeText() const
{
    return CodeTexts::refused(m_type.value_or(ProviderType::Authenticator));
}

} // namespace Sparekey
