// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/accountstore.h"
#include "core/account/apikey.h"
#include "core/account/deviceidentity.h"
#include "core/account/signin.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/secret/secretentry.h"
#include "ui/signin/serverpickerviewmodel.h"
#include "ui/signin/signinstepsviewmodel.h"
#include "ui/timing/countdown.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <QTimer>
#include <utility>

namespace Sparekey {

/// The sign-in page: the server, the account, and every step that can follow.
class SignInViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(Sparekey::ServerPickerViewModel *server READ server CONSTANT FINAL)
    Q_PROPERTY(QString email READ email WRITE setEmail NOTIFY emailChanged FINAL)
    Q_PROPERTY(bool rememberEmail READ rememberEmail WRITE setRememberEmail NOTIFY
                   rememberEmailChanged FINAL)
    /// Keep the session in the keyring, for the next start.
    Q_PROPERTY(
        bool staySignedIn READ staySignedIn WRITE setStaySignedIn NOTIFY staySignedInChanged FINAL)
    Q_PROPERTY(Step step READ step NOTIFY changed FINAL)
    /// What went wrong, in whole sentences; empty if nothing did.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// Where `errorText` belongs.
    Q_PROPERTY(ErrorPlace errorPlace READ errorPlace NOTIFY changed FINAL)
    /// The last attempt can be repeated without entering the password again.
    Q_PROPERTY(bool canRetry READ canRetry NOTIFY changed FINAL)
    /// Three wrong passwords in a row: ask whether it is the right server.
    Q_PROPERTY(bool suggestsOtherServer READ suggestsOtherServer NOTIFY changed FINAL)
    /// Seconds until the server accepts another attempt; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)
    /// In `ConfirmWeakKdf`: what the server asked for and what that risks.
    Q_PROPERTY(QString weakKdfText READ weakKdfText NOTIFY changed FINAL)
    /// The user has lost the second step: the page for the recovery code follows the password.
    Q_PROPERTY(bool recovering READ isRecovering WRITE setRecovering NOTIFY changed FINAL)
    /// The pages of `SecondStep`.
    Q_PROPERTY(Sparekey::SignInStepsViewModel *steps READ steps CONSTANT FINAL)

public:
    enum class Step {
        Form,           ///< Waiting for the user.
        Working,        ///< Asking the server; `cancel()` goes back to the form.
        ConfirmWeakKdf, ///< `acceptWeakKdf()` or `cancel()`.
        SecondStep,     ///< The server wants more than the password; `cancel()` goes back.
    };
    Q_ENUM(Step)
    enum class ErrorPlace {
        None,
        Email,    ///< Under the email field.
        Password, ///< Under the password field.
        Server,   ///< Banner about the server or the connection, with Retry if `canRetry`.
    };
    Q_ENUM(ErrorPlace)

    /// All must outlive this object.
    SignInViewModel(Settings &settings, DeviceIdentity &identity, AccountStore &store,
                    HardwareKeys &keys, QObject *parent = nullptr);
    ~SignInViewModel() override;

    /// The session of the last successful sign-in; the receiver of `signedIn` takes it.
    [[nodiscard]] std::shared_ptr<Session> takeSession() { return std::move(m_session); }
    /// That sign-in used up the recovery code.
    [[nodiscard]] bool recoveryCodeUsed() const { return m_recoveryCodeUsed; }
    /// Shows the form with this server and email, otherwise empty. Cancels a running attempt.
    void begin(const Environment &environment, const QString &email);
    /// Shows a message on the form, such as why the last session ended.
    void showNotice(const QString &text);

    /// For demo accounts: the initial text of the password field.
    void prefillPassword(const QString &password) { m_prefilledPassword = password; }

    [[nodiscard]] ServerPickerViewModel *server() { return &m_server; }
    [[nodiscard]] QString email() const { return m_email; }
    void setEmail(const QString &email);
    [[nodiscard]] bool rememberEmail() const { return m_rememberEmail; }
    void setRememberEmail(bool remember);
    [[nodiscard]] bool staySignedIn() const { return m_staySignedIn; }
    void setStaySignedIn(bool stay);
    [[nodiscard]] Step step() const { return m_step; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] ErrorPlace errorPlace() const { return m_errorPlace; }
    [[nodiscard]] bool canRetry() const { return !m_heldPassword.isEmpty(); }
    [[nodiscard]] bool suggestsOtherServer() const { return m_wrongPasswords >= 3; }
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    [[nodiscard]] QString weakKdfText() const { return m_weakKdfText; }
    [[nodiscard]] bool isRecovering() const { return m_recovering; }
    void setRecovering(bool recovering);
    [[nodiscard]] SignInStepsViewModel *steps() { return &m_steps; }

    /// The initial text of the password field, once; empty except for demo accounts.
    [[nodiscard]] Q_INVOKABLE QString takePrefilledPassword()
    {
        return std::exchange(m_prefilledPassword, {});
    }
    /// Starts signing in. Takes the password out of the field.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *password) { submit(password->take()); }
    void submit(SecureBuffer password);
    /// Starts signing in with the personal API key. Takes the secret out of the field, unless it
    /// cannot be sent now.
    Q_INVOKABLE void submitApiKey(const QString &clientId, Sparekey::SecretEntry *secret);
    void submitApiKey(const QString &clientId, SecureBuffer secret);
    /// Repeats the last attempt after a problem with the connection or the server.
    Q_INVOKABLE void retry();
    Q_INVOKABLE void acceptWeakKdf();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void emailChanged();
    void rememberEmailChanged();
    void staySignedInChanged();
    void changed();
    void waitSecondsChanged();
    /// The page should focus the password field (after a wrong password).
    void passwordWanted();
    /// `takeSession()` has a session.
    void signedIn();
    /// The user does not want the email of this account kept any more.
    void emailForgotten(const QString &accountKey);
    /// The token that remembers this device could not be kept.
    void notSaved(const Sparekey::Error &error);

private:
    /// Valid until the attempt is canceled or another one begins.
    [[nodiscard]] TaskGuard::Ticket startWorking();
    QCoro::Task<void> attempt(SecureBuffer password);
    bool mayTryApiKey(const QString &clientId, bool hasSecret);
    QCoro::Task<void> attemptWithApiKey(std::shared_ptr<const ApiKey> key);
    void finish(Result<SignInOutcome> outcome, SecureBuffer password,
                std::shared_ptr<SignIn> signIn);
    void finish(const Error &error, SecureBuffer password);
    void askAboutKdf(const WeakKdf &weak);
    void enter(SignedIn signedIn, std::optional<ProviderType> method);
    QCoro::Task<void> keepRememberToken(QString accountKey, SecureBuffer token);
    void holdPassword(SecureBuffer password);
    void dropPassword();
    void backToForm();
    void showError(ErrorPlace place, const QString &text);

    Settings &m_settings;
    DeviceIdentity &m_identity;
    AccountStore &m_store;
    ServerPickerViewModel m_server;
    SignInStepsViewModel m_steps;
    Countdown m_wait;
    QTimer m_passwordTimer; ///< A held password is wiped when it fires.
    /// Held for Retry and for the question about a weak key derivation, so that nobody has to enter
    /// it twice. The API key is held only for that question.
    SecureBuffer m_heldPassword;
    std::shared_ptr<const ApiKey> m_heldApiKey;
    TaskGuard m_attempts;
    std::shared_ptr<SignIn> m_signIn;                 ///< the running attempt
    std::shared_ptr<HttpTransport> m_apiKeyTransport; ///< of the running attempt with an API key
    std::shared_ptr<Session> m_session;
    std::optional<KdfSettings> m_offeredKdf;
    std::optional<KdfSettings> m_acceptedKdf;
    QString m_email;
    QString m_prefilledPassword;
    QString m_errorText;
    QString m_weakKdfText;
    Step m_step = Step::Form;
    ErrorPlace m_errorPlace = ErrorPlace::None;
    int m_wrongPasswords = 0;
    bool m_rememberEmail = false;
    bool m_staySignedIn = false;
    bool m_rememberTokenSent = false;
    bool m_recoveryCodeUsed = false;
    bool m_recovering = false;
};

} // namespace Sparekey
