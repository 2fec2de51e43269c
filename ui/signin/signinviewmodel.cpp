// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/signinviewmodel.h"

#include "core/text/enteredtext.h"
#include "ui/messages/usermessage.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

SignInViewModel::SignInViewModel(Settings &settings, DeviceIdentity &identity, AccountStore &store,
                                 HardwareKeys &keys, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_identity(identity)
    , m_store(store)
    , m_server(settings)
    , m_steps(keys)
    , m_email(settings.rememberedEmail())
    , m_rememberEmail(!m_email.isEmpty())
{
    m_passwordTimer.setSingleShot(true);
    m_passwordTimer.setInterval(std::chrono::minutes(2));
    connect(&m_passwordTimer, &QTimer::timeout, this, [this] {
        if (m_step == Step::ConfirmWeakKdf)
            backToForm();
        dropPassword();
        Q_EMIT changed();
    });
    connect(&m_wait, &Countdown::secondsChanged, this, &SignInViewModel::waitSecondsChanged);
    connect(&m_steps, &SignInStepsViewModel::signedIn, this, [this] {
        const auto method = m_steps.usedMethod();
        enter(m_steps.takeSignedIn(), method);
    });
    connect(&m_steps, &SignInStepsViewModel::failed, this, [this] {
        const Error error = m_steps.failure();
        // The code was used up, so its copies are of no use any more.
        if (error.kind == ErrorKind::RecoveredButSso)
            m_settings.forgetCopies(accountKey(m_server.environment(), m_email));
        backToForm();
        finish(error, {});
    });
    connect(&m_steps, &SignInStepsViewModel::timedOut, this, [this] {
        cancel();
        showNotice(tr("The second step took too long. Sign in again."));
    });
    // A password entered for one server must not go to another when Retry is pressed.
    connect(&m_server, &ServerPickerViewModel::serverChanged, this, [this] {
        m_wrongPasswords = 0;
        m_wait.stop();
        cancel();
    });
}

SignInViewModel::~SignInViewModel()
{
    if (m_apiKeyTransport)
        m_apiKeyTransport->abort();
    if (m_signIn)
        m_signIn->cancel();
}

void SignInViewModel::begin(const Environment &environment, const QString &email)
{
    cancel();
    m_wrongPasswords = 0;
    m_server.use(environment);
    setEmail(email);
    setStaySignedIn(false);
}

void SignInViewModel::showNotice(const QString &text)
{
    showError(ErrorPlace::Server, text);
}

void SignInViewModel::setEmail(const QString &email)
{
    if (email == m_email)
        return;
    m_email = email;
    Q_EMIT emailChanged();
    dropPassword();
    if (m_errorPlace != ErrorPlace::None)
        showError(ErrorPlace::None, {});
}

void SignInViewModel::setRememberEmail(bool remember)
{
    if (remember == m_rememberEmail)
        return;
    m_rememberEmail = remember;
    if (!remember) {
        // Keeping the session requires keeping the email.
        setStaySignedIn(false);
        const QString key = accountKey(m_server.environment(), m_email);
        m_settings.setRememberedEmail({});
        // A kept session needs its account record: without it, nobody could open or remove the
        // session.
        if (!m_settings.staysSignedIn(key))
            m_settings.dropAccount(key);
        Q_EMIT emailForgotten(key);
    }
    Q_EMIT rememberEmailChanged();
}

void SignInViewModel::setStaySignedIn(bool stay)
{
    if (stay == m_staySignedIn)
        return;
    m_staySignedIn = stay;
    Q_EMIT staySignedInChanged();
}

void SignInViewModel::submit(SecureBuffer password)
{
    if (m_step != Step::Form || m_wait.seconds() > 0)
        return;
    if (!isEmailShaped(m_email.trimmed())) {
        showError(ErrorPlace::Email,
                  m_email.trimmed().isEmpty() ? tr("Enter your email address.")
                                              : tr("This is not an email address."));
        return;
    }
    if (password.isEmpty()) {
        showError(ErrorPlace::Password, tr("Enter your master password."));
        return;
    }
    m_acceptedKdf.reset();
    attempt(std::move(password));
}

void SignInViewModel::submitApiKey(const QString &clientId, SecretEntry *secret)
{
    bool hasSecret = false;
    secret->peek([&hasSecret](QStringView text) { hasSecret = !text.isEmpty(); });
    if (mayTryApiKey(clientId, hasSecret))
        submitApiKey(clientId, secret->take());
}

void SignInViewModel::submitApiKey(const QString &clientId, SecureBuffer secret)
{
    if (!mayTryApiKey(clientId, !secret.isEmpty()))
        return;
    m_acceptedKdf.reset();
    attemptWithApiKey(
        std::make_shared<const ApiKey>(ApiKey{clientId.trimmed(), std::move(secret)}));
}

bool SignInViewModel::mayTryApiKey(const QString &clientId, bool hasSecret)
{
    if (m_step != Step::Form || m_wait.seconds() > 0)
        return false;
    if (clientId.trimmed().startsWith("user."_L1) && hasSecret)
        return true;
    showError(ErrorPlace::Server,
              tr("A personal API key has a client ID, which begins with “user.”, and a client "
                 "secret. The web vault shows both."));
    return false;
}

QCoro::Task<void> SignInViewModel::attemptWithApiKey(std::shared_ptr<const ApiKey> key)
{
    const auto ticket = startWorking();
    const Environment environment = m_server.environment();
    const auto transport = std::make_shared<HttpTransport>(environment.certificateAuthorities);
    m_apiKeyTransport = transport;
    const ClientDevice device = m_identity.device();
    ApiKeyRequest request{.environment = environment,
                          .key = key,
                          .device = device,
                          .acceptedKdf = m_acceptedKdf};
    request.knownKdf = [this, ticket, environment](const QString &email) {
        return ticket ? m_settings.knownKdf(accountKey(environment, email)) : std::nullopt;
    };
    auto outcome = co_await signInWithApiKey(std::move(request), transport);
    if (!ticket)
        co_return;
    m_apiKeyTransport.reset();
    if (outcome) {
        if (const auto *weak = std::get_if<WeakKdf>(&*outcome)) {
            m_heldApiKey = std::move(key);
            m_passwordTimer.start();
            askAboutKdf(*weak);
        } else if (auto *signedIn = std::get_if<SignedIn>(&*outcome)) {
            enter(std::move(*signedIn), std::nullopt);
        }
        co_return;
    }
    m_step = Step::Form;
    const Error &error = outcome.error();
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    showError(ErrorPlace::Server,
              error.kind == ErrorKind::WrongCredentials
                  ? tr("The server does not take this API key. Check client ID, client secret and "
                       "server.")
                  : userMessage(error));
}

void SignInViewModel::retry()
{
    if (m_step == Step::Form && m_wait.seconds() == 0 && !m_heldPassword.isEmpty())
        attempt(std::move(m_heldPassword));
}

void SignInViewModel::acceptWeakKdf()
{
    if (m_step != Step::ConfirmWeakKdf)
        return;
    m_acceptedKdf = m_offeredKdf;
    if (m_heldApiKey)
        attemptWithApiKey(std::move(m_heldApiKey));
    else if (!m_heldPassword.isEmpty())
        attempt(std::move(m_heldPassword));
}

void SignInViewModel::cancel()
{
    m_attempts.cancel();
    if (m_apiKeyTransport)
        m_apiKeyTransport->abort();
    m_apiKeyTransport.reset();
    if (m_signIn)
        m_signIn->cancel();
    m_signIn.reset();
    dropPassword();
    m_errorText.clear();
    m_errorPlace = ErrorPlace::None;
    backToForm();
}

TaskGuard::Ticket SignInViewModel::startWorking()
{
    dropPassword();
    m_errorText.clear();
    m_errorPlace = ErrorPlace::None;
    m_step = Step::Working;
    Q_EMIT changed();
    return m_attempts.renew();
}

QCoro::Task<void> SignInViewModel::attempt(SecureBuffer password)
{
    const auto ticket = startWorking();
    const Environment environment = m_server.environment();
    const auto transport = std::make_shared<HttpTransport>(environment.certificateAuthorities);
    SignInRequest request{
        .environment = environment,
        .email = m_email.trimmed(),
        .password = password.clone(),
        .device = {},
        .acceptedKdf = m_acceptedKdf,
        .knownKdf = m_settings.knownKdf(accountKey(environment, m_email)),
    };
    request.device = m_identity.device();
    request.rememberToken = co_await m_store.rememberToken(accountKey(environment, request.email));
    if (!ticket)
        co_return;
    m_rememberTokenSent = !request.rememberToken.isEmpty();
    const auto signIn = std::make_shared<SignIn>(std::move(request), transport);
    m_signIn = signIn;
    auto outcome = co_await signIn->start();
    if (!ticket)
        co_return;
    m_signIn.reset();
    finish(std::move(outcome), std::move(password), signIn);
}

void SignInViewModel::finish(Result<SignInOutcome> outcome, SecureBuffer password,
                             std::shared_ptr<SignIn> signIn)
{
    if (!outcome) {
        finish(outcome.error(), std::move(password));
        return;
    }

    if (const auto *weak = std::get_if<WeakKdf>(&*outcome)) {
        holdPassword(std::move(password));
        askAboutKdf(*weak);
        return;
    }

    m_wrongPasswords = 0;
    if (auto *signedIn = std::get_if<SignedIn>(&*outcome)) {
        enter(std::move(*signedIn), std::nullopt);
        return;
    }
    m_step = Step::SecondStep;
    // The server no longer accepts the token and sent a usual challenge instead.
    if (m_rememberTokenSent)
        (void)m_store.forgetRememberToken(accountKey(m_server.environment(), m_email));
    if (auto *challenge = std::get_if<SecondStepChallenge>(&*outcome)) {
        m_steps.begin(std::move(signIn), std::move(*challenge), m_email.trimmed(),
                      m_server.environment(),
                      m_settings.lastMethod(accountKey(m_server.environment(), m_email)));
        if (m_recovering)
            m_steps.showRecovery();
    } else {
        m_steps.begin(std::move(signIn), m_email.trimmed(), m_server.environment());
    }
    Q_EMIT changed();
}

void SignInViewModel::askAboutKdf(const WeakKdf &weak)
{
    m_offeredKdf = weak.kdf;
    m_weakKdfText = weak.before
        ? tr("This server now protects your master password less than before: %1 instead of %2. "
             "A server that was taken over would do this. Your password would be easy to guess "
             "for anyone who runs or attacks it.")
              .arg(describe(weak.kdf), describe(*weak.before))
        : tr("This server’s settings make your master password easy to guess for anyone who runs "
             "or attacks it. Check the email and server address. Details: %1.")
              .arg(describe(weak.kdf));
    m_step = Step::ConfirmWeakKdf;
    Q_EMIT changed();
}

void SignInViewModel::enter(SignedIn signedIn, std::optional<ProviderType> method)
{
    m_session = std::move(signedIn.session);
    m_recoveryCodeUsed = signedIn.recoveryCodeUsed;
    m_recovering = false;
    const auto &account = m_session->account();
    const QString key = account.key();
    if (account.hasMasterPassword)
        m_settings.setKnownKdf(key, account.prelogin.kdf);
    if (method)
        m_settings.setLastMethod(key, *method);
    m_settings.setRememberedEmail(m_rememberEmail ? account.email : QString());
    backToForm();
    Q_EMIT this->signedIn();
    // If the token cannot be kept, the account's page says so.
    if (!signedIn.rememberToken.isEmpty())
        keepRememberToken(key, std::move(signedIn.rememberToken));
}

QCoro::Task<void> SignInViewModel::keepRememberToken(QString accountKey, SecureBuffer token)
{
    const auto ticket = m_attempts.ticket();
    const auto kept = co_await m_store.keepRememberToken(accountKey, std::move(token));
    if (ticket.ownerExists() && !kept)
        Q_EMIT notSaved(kept.error());
}

void SignInViewModel::finish(const Error &error, SecureBuffer password)
{
    m_step = Step::Form;
    if (error.kind == ErrorKind::WrongCredentials) {
        ++m_wrongPasswords;
        showError(ErrorPlace::Password, userMessage(error));
        Q_EMIT passwordWanted();
        return;
    }
    if (error.kind == ErrorKind::RateLimited)
        m_wait.start(error.retryAfter);
    else if (isConnectionProblem(error.kind) || error.kind == ErrorKind::ServerFailure)
        holdPassword(std::move(password));
    showError(ErrorPlace::Server, userMessage(error));
}

void SignInViewModel::setRecovering(bool recovering)
{
    m_recovering = recovering;
    Q_EMIT changed();
}

void SignInViewModel::holdPassword(SecureBuffer password)
{
    m_heldPassword = std::move(password);
    m_passwordTimer.start();
}

void SignInViewModel::dropPassword()
{
    m_heldPassword.clear();
    m_heldApiKey.reset();
    m_passwordTimer.stop();
}

void SignInViewModel::backToForm()
{
    m_step = Step::Form;
    m_offeredKdf.reset();
    m_weakKdfText.clear();
    m_steps.end();
    Q_EMIT changed();
}

void SignInViewModel::showError(ErrorPlace place, const QString &text)
{
    m_errorPlace = place;
    m_errorText = text;
    Q_EMIT changed();
}

} // namespace Sparekey
