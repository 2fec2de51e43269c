// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: its parts share too much state to be split by lines alone.

#include "ui/signin/secondstepviewmodel.h"

#include "core/recovery/recoverycode.h"
#include "core/text/typedtext.h"
#include "core/webauthn/passkeyassertion.h"
#include "ui/keys/keepreply.h"
#include "ui/messages/usermessage.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

/// As long as the longest-lived mailed code; then the derived hash is wiped.
constexpr auto life = 10min;
constexpr auto resendPause = 30s;
/// Of an address of the server that is shown: its beginning tells whose it is.
constexpr qsizetype longestAddress = 80;

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

QString iconOf(SecondStepViewModel::Method method)
{
    using Method = SecondStepViewModel::Method;
    switch (method) {
    case Method::Authenticator: return u"authenticator"_s;
    case Method::Email: return u"email"_s;
    case Method::YubicoOtp: return u"yubiKey"_s;
    case Method::Duo: return u"duo"_s;
    case Method::Passkey: return u"passkey"_s;
    case Method::None: return u"lock"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

SecondStepViewModel::SecondStepViewModel(HardwareKeys &keys, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_keyPrompt(keys)
    , m_otpTap(keys, [this](SecureBuffer code) {
        if (method() == Method::YubicoOtp)
            submitTouch(std::move(code));
    })
{
    m_life.setSingleShot(true);
    m_life.setInterval(life);
    connect(&m_life, &QTimer::timeout, this, &SecondStepViewModel::timedOut);
    connect(&m_resend, &Countdown::secondsChanged, this,
            &SecondStepViewModel::resendSecondsChanged);
    connect(&m_wait, &Countdown::secondsChanged, this, &SecondStepViewModel::waitSecondsChanged);
}

SecondStepViewModel::~SecondStepViewModel()
{
    if (m_signIn)
        m_signIn->cancel();
}

void SecondStepViewModel::begin(std::shared_ptr<SignIn> signIn, SecondStepChallenge challenge,
                                const QString &email, const Environment &environment,
                                std::optional<ProviderType> lastMethod)
{
    start(std::move(signIn), email);
    m_environment = environment;
    m_lastMethod = lastMethod;
    m_challenge = std::move(challenge);
    m_page = Page::SecondStep;
    // Where Duo is out of order, its page says what to do about it.
    std::optional<ProviderType> type;
    if (!m_challenge.duoUnreachable)
        type = defaultMethod(m_challenge.usable(), m_lastMethod);
    if (!type)
        type = defaultMethod(m_challenge.offered, m_lastMethod);
    if (type) {
        take(*type);
        return;
    }
    m_type.reset();
    Q_EMIT changed();
}

void SecondStepViewModel::begin(std::shared_ptr<SignIn> signIn, const QString &email)
{
    start(std::move(signIn), email);
    m_page = Page::NewDevice;
    m_resend.start(resendPause);
    Q_EMIT changed();
}

void SecondStepViewModel::start(std::shared_ptr<SignIn> signIn, const QString &email)
{
    end();
    m_signIn = std::move(signIn);
    m_email = email;
    m_life.start();
}

void SecondStepViewModel::end()
{
    m_keyPrompt.cancel();
    m_keyAnswered = false;
    if (m_signIn)
        m_signIn->cancel();
    m_signIn.reset();
    m_challenge = {};
    m_type.reset();
    m_page = Page::SecondStep;
    m_resend.stop();
    m_wait.stop();
    m_life.stop();
    m_busy = false;
    m_sendingMail = false;
    m_mailSent = false;
    m_duoOpened = false;
    m_rememberDevice = false;
    clearMessages();
    Q_EMIT changed();
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
    return iconOf(method());
}

QString SecondStepViewModel::guidance() const
{
    if (m_page == Page::NewDevice) {
        return tr("This server has not seen this computer before. It has sent a code to %1.")
            .arg(m_email);
    }
    switch (method()) {
    case Method::Authenticator: return tr("Type the code that your authenticator app shows now.");
    case Method::Email:
        if (m_sendingMail && !m_mailSent)
            return tr("A code is being sent to your mailbox.");
        if (!m_mailSent)
            return tr("A code can be sent to your mailbox.");
        return m_challenge.maskedEmail.isEmpty()
            ? tr("We asked the server to send a code to your mailbox. Type it here.")
            : tr("We asked the server to send a code to %1. Type it here.")
                  .arg(m_challenge.maskedEmail);
    case Method::YubicoOtp:
        return tr("Plug in your YubiKey, keep the cursor in the field and touch the key. It types "
                  "the code and goes on by itself.");
    case Method::Duo:
        if (m_challenge.duoUnreachable)
            return tr("Duo cannot be asked at the moment. Perhaps it can later.");
        return tr("Duo asks in your browser. Confirm there, copy the address of the page that then "
                  "comes, and return to this window: it goes on by itself.");
    case Method::Passkey:
        return tr("Use a security key that is registered with this account: plug it in and touch "
                  "it, or lay it on a reader.");
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
                                {u"icon"_s, iconOf(methodOf(type))},
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
    if (!m_busy && index >= 0 && index < offered.size())
        take(offered[index]);
}

void SecondStepViewModel::take(ProviderType type)
{
    m_keyPrompt.cancel();
    m_type = type;
    m_duoOpened = false;
    m_rememberDevice = false;
    clearMessages();
    if (method() == Method::Duo && m_challenge.duoUnreachable) {
        m_bannerText = tr("The server cannot reach Duo, so it does not say which other methods are "
                          "on. If you have turned on another one, select it. Your recovery code "
                          "lets you in, too.");
    } else if (m_challenge.passkeysWithoutKey) {
        m_bannerText = tr("Passkeys are on for your account, but no security key is registered, so "
                          "the server doesn't say which other methods are on. If you have turned "
                          "on another one, select it. Your recovery code lets you in, too.");
    } else if (method() == Method::Duo && !duoTrusted()) {
        m_bannerText = tr("The server sent an address for Duo that does not belong to Duo: “%1”. "
                          "It will not be opened. Use another method, and tell who runs the "
                          "server.")
                           .arg(ForeignText(duoAuthUrl(), longestAddress).isolated());
    }
    Q_EMIT changed();
    // Once: the code in the mailbox stays good while another method is looked at.
    if (type == ProviderType::Email && !m_mailSent && !m_sendingMail)
        sendMail();
    else if (type == ProviderType::Passkey)
        useKey();
}

void SecondStepViewModel::submit(QStringView entered)
{
    const bool mailAwaited = m_sendingMail
        && (m_page == Page::NewDevice || method() == Method::Email);
    if (!mayAsk() || mailAwaited)
        return;
    clearMessages();
    if (entered.trimmed().isEmpty()) {
        refuse(method() == Method::Duo && m_page == Page::SecondStep ? tr("Paste the address.")
                                                                     : tr("Enter the code."));
        return;
    }
    if (m_page == Page::NewDevice) {
        SecureBuffer code = mailedCodeFrom(entered);
        if (code.isEmpty())
            refuse(badCodeText());
        else
            send(m_signIn->giveNewDeviceCode(std::move(code)));
        return;
    }
    if (!m_type)
        return;
    if (method() == Method::Duo) {
        submitDuo(duoAnswer(entered, m_environment.webVault, currentDuoState()));
        return;
    }
    SecondStepToken token;
    token.type = *m_type;
    token.remember = m_rememberDevice;
    token.token = normalizedCode(*m_type, entered);
    if (token.token.isEmpty())
        refuse(badCodeText());
    else
        send(m_signIn->giveSecondStep(std::move(token)));
}

void SecondStepViewModel::resendMail()
{
    if (mayAsk() && !m_sendingMail && m_resend.seconds() == 0)
        sendMail();
}

void SecondStepViewModel::useKey()
{
    if (mayAsk() && method() == Method::Passkey && m_page == Page::SecondStep
        && !m_keyPrompt.isActive())
        runKey();
}

QCoro::Task<void> SecondStepViewModel::runKey()
{
    const QPointer self(this);
    const auto signIn = m_signIn;
    clearMessages();
    Q_EMIT changed();
    if (m_keyAnswered && m_mailSent) {
        refuse(tr("A key can answer only once, and asking the server anew would void the code that "
                  "was mailed to you. Type that code, or go back to sign in and start again."));
        co_return;
    }
    if (m_keyAnswered) {
        m_busy = true;
        Q_EMIT changed();
        auto asked = co_await signIn->askAnew();
        if (!self || m_signIn != signIn)
            co_return;
        m_busy = false;
        auto *challenge = asked ? std::get_if<SecondStepChallenge>(&*asked) : nullptr;
        if (!challenge || !challenge->offered.contains(ProviderType::Passkey)) {
            finish(std::move(asked));
            co_return;
        }
        m_challenge = std::move(*challenge);
        m_keyAnswered = false;
    }
    const auto assertion = passkeyAssertionFrom(m_challenge.passkeyOptions, m_environment.webVault);
    if (!assertion) {
        m_bannerText = userMessage(assertion.error());
        Q_EMIT changed();
        co_return;
    }

    const auto reply = std::make_shared<GetAssertionReply>();
    const GetAssertionRequest request = assertion->request;
    HardwareKeys *keys = &m_keys;
    std::function<QCoro::Task<Result<void>>(KeyOperation *)> any =
        [keys, request, reply](KeyOperation *operation) {
            return keepReply(keys->getAssertionFromAny(operation, request), reply);
        };
    KeyPromptViewModel::Act act;
    act.pin = KeyPromptViewModel::pinUseFor(request.userVerification);
    act.run = [keys, request, reply](KeyOperation *operation, KeyDevice key, SecureBuffer pin) {
        return keepReply(keys->getAssertion(operation, std::move(key), request, std::move(pin)),
                         reply);
    };
    const auto done = co_await m_keyPrompt.performWithAny(std::move(any), std::move(act));
    // Given up meanwhile, or another method was chosen.
    if (!self || m_signIn != signIn || (!done && done.error().kind == ErrorKind::Canceled))
        co_return;
    if (!done) {
        refuse(userMessage(done.error()));
        co_return;
    }
    auto token = passkeyToken(*assertion, *reply);
    if (!token) {
        refuse(userMessage(token.error()));
        co_return;
    }
    m_keyAnswered = true;
    SecondStepToken answer;
    answer.type = ProviderType::Passkey;
    answer.remember = m_rememberDevice;
    answer.token = *std::move(token);
    send(signIn->giveSecondStep(std::move(answer)));
}

void SecondStepViewModel::openDuo()
{
    const auto address = currentDuoAddress();
    if (!mayAsk() || !address)
        return;
    clearMessages();
    m_duoOpened = QDesktopServices::openUrl(*address);
    m_duoTaken = false;
    if (m_duoOpened) {
        connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this,
                &SecondStepViewModel::takeDuoFromClipboard, Qt::UniqueConnection);
        connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
                &SecondStepViewModel::takeDuoFromClipboard, Qt::UniqueConnection);
    } else {
        m_bannerText = tr("No browser could be opened.");
    }
    Q_EMIT changed();
}

void SecondStepViewModel::takeDuoFromClipboard()
{
    // Looked at only while somebody is in our window and Duo was asked.
    if (!m_duoOpened || m_duoTaken || m_page != Page::SecondStep || !mayAsk()
        || QGuiApplication::applicationState() != Qt::ApplicationActive)
        return;
    const QString state = currentDuoState();
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (state.isEmpty() || !data || !data->hasText())
        return;
    auto answer = duoAnswer(data->text(), m_environment.webVault, state);
    if (answer.token.isEmpty())
        return;
    m_duoTaken = true;
    clearMessages();
    submitDuo(std::move(answer));
}

void SecondStepViewModel::submitDuo(DuoAnswer answer)
{
    if (answer.ofAnotherTry) {
        refuse(tr("This address is from an earlier try. Copy the one of the newest page."));
    } else if (answer.token.isEmpty()) {
        refuse(badCodeText());
    } else if (m_type) {
        SecondStepToken token;
        token.type = *m_type;
        token.remember = m_rememberDevice;
        token.token = std::move(answer.token);
        send(m_signIn->giveSecondStep(std::move(token)));
    }
}

void SecondStepViewModel::showRecovery()
{
    if (m_busy || m_page != Page::SecondStep)
        return;
    clearMessages();
    m_keyPrompt.cancel();
    m_page = Page::RecoveryCode;
    Q_EMIT changed();
}

void SecondStepViewModel::leaveRecovery()
{
    if (m_busy || m_page != Page::RecoveryCode)
        return;
    clearMessages();
    m_page = Page::SecondStep;
    Q_EMIT changed();
    if (method() == Method::Passkey)
        useKey();
}

void SecondStepViewModel::submitTouch(SecureBuffer typed)
{
    QString text = QString::fromUtf8(typed.view());
    submit(text);
    wipe(text);
}

void SecondStepViewModel::submitRecoveryCode(SecureBuffer typed, bool anyway)
{
    if (!mayAsk() || m_page != Page::RecoveryCode)
        return;
    clearMessages();
    QString text = QString::fromUtf8(typed.view());
    SecureBuffer code = normalizedCode(ProviderType::RecoveryCode, text);
    wipe(text);
    if (code.isEmpty()) {
        refuse(tr("Enter your recovery code."));
    } else if (code.size() != RecoveryCode::usualSize && !anyway) {
        m_asksToSendAnyway = true;
        refuse(tr("A Bitwarden code has 32 characters; this one has %n.", nullptr,
                  static_cast<int>(code.size())));
    } else {
        send(m_signIn->useRecoveryCode(std::move(code)));
    }
}

void SecondStepViewModel::edited()
{
    if (m_busy || (m_errorText.isEmpty() && !m_asksToSendAnyway))
        return;
    m_errorText.clear();
    m_asksToSendAnyway = false;
    Q_EMIT changed();
}

QCoro::Task<void> SecondStepViewModel::sendMail()
{
    const QPointer self(this);
    const auto signIn = m_signIn;
    const bool again = m_mailSent || m_page == Page::NewDevice;
    clearMessages();
    m_sendingMail = true;
    Q_EMIT changed();
    auto running = m_page == Page::NewDevice ? signIn->resendNewDeviceCode()
                                             : signIn->sendEmailCode();
    const auto sent = co_await std::move(running);
    // Given up meanwhile, perhaps with another sign-in under way.
    if (!self || m_signIn != signIn)
        co_return;
    m_sendingMail = false;
    // Somebody who waits for it; others have turned to another method meanwhile.
    const bool awaited = m_page == Page::NewDevice
        || (m_page == Page::SecondStep && method() == Method::Email);
    if (!sent) {
        // Where no answer came, the mail may have gone out all the same.
        m_mailSent = m_mailSent || isConnectionProblem(sent.error().kind);
        if (awaited)
            finish(sent.error());
        else
            Q_EMIT changed();
        co_return;
    }
    m_mailSent = true;
    m_resend.start(resendPause);
    if (again && awaited)
        m_noteText = tr("A new code is on its way. Only the newest one counts.");
    Q_EMIT changed();
    if (awaited)
        Q_EMIT codeWanted();
}

QCoro::Task<void> SecondStepViewModel::send(QCoro::Task<Result<SignInOutcome>> running)
{
    const QPointer self(this);
    const auto signIn = m_signIn;
    m_busy = true;
    Q_EMIT changed();
    auto outcome = co_await std::move(running);
    if (!self || m_signIn != signIn)
        co_return;
    m_busy = false;
    finish(std::move(outcome));
}

void SecondStepViewModel::finish(Result<SignInOutcome> outcome)
{
    if (!outcome) {
        finish(outcome.error());
    } else if (auto *signedIn = std::get_if<SignedIn>(&*outcome)) {
        m_signedIn = std::move(*signedIn);
        m_usedMethod = m_page == Page::SecondStep ? m_type : std::nullopt;
        // The session has the transport now: nothing to cancel.
        m_signIn.reset();
        end();
        Q_EMIT this->signedIn();
    } else if (auto *challenge = std::get_if<SecondStepChallenge>(&*outcome)) {
        m_challenge = std::move(*challenge);
        m_page = Page::SecondStep;
        m_type = defaultMethod(m_challenge.offered, m_lastMethod);
        m_keyAnswered = false;
        m_mailSent = false;
        m_bannerText = tr("The server asks for the second step anew. Choose a method.");
        Q_EMIT changed();
    } else if (std::holds_alternative<NewDeviceChallenge>(*outcome)) {
        m_page = Page::NewDevice;
        m_resend.start(resendPause);
        Q_EMIT changed();
    } else {
        refuse(tr("The server said yes but still asks for the second step. Ask the administrator "
                  "to turn it off for you."));
    }
}

void SecondStepViewModel::finish(const Error &error)
{
    if (error.kind == ErrorKind::WrongCode) {
        refuse(wrongCodeText());
        return;
    }
    if (error.kind == ErrorKind::DuoAnswerStale) {
        beginDuoAgain(userMessage(error));
        return;
    }
    if (error.kind == ErrorKind::WrongCredentials || error.kind == ErrorKind::RecoveredButSso
        || error.kind == ErrorKind::SsoRequired) {
        m_failure = error;
        Q_EMIT failed();
        return;
    }
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    m_bannerText = userMessage(error);
    Q_EMIT changed();
}

// The answer was good for one challenge; the server gives another one with another address.
QCoro::Task<void> SecondStepViewModel::beginDuoAgain(QString why)
{
    const QPointer self(this);
    const auto signIn = m_signIn;
    m_busy = true;
    m_duoOpened = false;
    Q_EMIT changed();
    auto asked = co_await signIn->askAnew();
    if (!self || m_signIn != signIn)
        co_return;
    m_busy = false;
    auto *challenge = asked ? std::get_if<SecondStepChallenge>(&*asked) : nullptr;
    if (!challenge || !m_type || !challenge->offered.contains(*m_type)) {
        finish(std::move(asked));
        co_return;
    }
    m_challenge = std::move(*challenge);
    m_mailSent = false;
    m_bannerText = why;
    Q_EMIT changed();
}

void SecondStepViewModel::refuse(const QString &text)
{
    m_errorText = text;
    Q_EMIT changed();
    Q_EMIT codeWanted();
}

void SecondStepViewModel::clearMessages()
{
    m_errorText.clear();
    m_bannerText.clear();
    m_noteText.clear();
    m_asksToSendAnyway = false;
}

bool SecondStepViewModel::mayAsk() const
{
    return m_signIn && !m_busy && m_wait.seconds() == 0;
}

std::optional<QUrl> SecondStepViewModel::currentDuoAddress() const
{
    return duoAddress(duoAuthUrl());
}

QString SecondStepViewModel::duoAuthUrl() const
{
    return m_type == ProviderType::OrganizationDuo ? m_challenge.organizationDuoAuthUrl
                                                   : m_challenge.duoAuthUrl;
}

QString SecondStepViewModel::currentDuoState() const
{
    const auto address = currentDuoAddress();
    return address ? duoState(*address) : QString();
}

QString SecondStepViewModel::wrongCodeText() const
{
    if (m_page == Page::RecoveryCode)
        return tr("Email, master password or recovery code is wrong. The server does not say "
                  "which.");
    if (m_page == Page::NewDevice || method() == Method::Email)
        return tr("That code was not accepted. Only the code of the newest mail counts.");
    if (method() == Method::YubicoOtp)
        return tr("That code was not accepted. Each one works once: touch the key again.");
    if (method() == Method::Passkey) {
        return tr("The server did not accept what the key answered. Try again, or use another "
                  "method.");
    }
    if (method() == Method::Duo)
        return tr("Duo’s answer was not accepted. Each one works once and not for long: go back to "
                  "sign in and start again.");
    return tr("That code was not accepted. Wait for the next one and try again.");
}

QString SecondStepViewModel::badCodeText() const
{
    if (m_page == Page::NewDevice || method() == Method::Email)
        return tr("The code from the mail is made of digits, usually six.");
    if (method() == Method::YubicoOtp) {
        return tr("This is no code of a YubiKey. If you touched the key, the keyboard layout has "
                  "changed the letters: switch to the US layout and touch it again.");
    }
    if (method() == Method::Duo) {
        return tr("This is not the address that your browser shows after Duo. It begins with %1 "
                  "and contains “code” and “state”.")
            .arg(m_environment.webVault.toString());
    }
    return tr("The code has six digits.");
}

} // namespace Sparekey
