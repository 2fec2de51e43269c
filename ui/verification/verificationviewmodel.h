// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/task/taskguard.h"
#include "ui/secret/secretentry.h"
#include "ui/timing/countdown.h"

#include <QCoro/QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <functional>

namespace Sparekey {

/// The verification prompt that comes before settings or the recovery code are shown.
class VerificationViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model that asks for the proof")
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// The error is about the server or the connection, not about the password.
    Q_PROPERTY(bool errorIsConnection READ errorIsConnection NOTIFY changed FINAL)
    /// No entry would be accepted. The error text says what to do instead.
    Q_PROPERTY(bool refusedForGood READ isRefusedForGood NOTIFY changed FINAL)
    /// The account has no master password: a code is sent by email instead.
    Q_PROPERTY(bool byEmail READ isByEmail NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingEmail READ isSendingEmail NOTIFY changed FINAL)
    /// What to do, or what happened to the email.
    Q_PROPERTY(QString emailText READ emailText NOTIFY changed FINAL)
    /// Seconds until another email may be requested; counts down to 0.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    /// Seconds until another attempt is allowed; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    /// Uses the proof: takes the password or the emailed code and returns whether it was accepted.
    /// Called once for each attempt; the result is ignored after `cancel`.
    using Action = std::function<QCoro::Task<Result<void>>(SecureBuffer)>;

    explicit VerificationViewModel(Action action, QObject *parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool errorIsConnection() const { return m_errorIsConnection; }
    [[nodiscard]] bool isRefusedForGood() const { return m_refusedForGood; }
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }

    /// The session to verify. Without one, the prompt asks for a master password.
    void setSession(std::shared_ptr<Session> session);

    [[nodiscard]] bool isByEmail() const;
    [[nodiscard]] bool isSendingEmail() const;
    [[nodiscard]] QString emailText() const;
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }

    /// Clears the prompt and ignores a running request.
    void reset();
    /// Called when the prompt appears. Requests a code by email if the account needs one, unless
    /// one is being sent or an earlier one, requested by any prompt, is still valid.
    Q_INVOKABLE void begin();
    /// Requests another code, which makes the earlier ones invalid.
    Q_INVOKABLE void sendEmail();
    /// Takes the emailed code as it was entered. It stays in the field, to be corrected.
    Q_INVOKABLE void submitCode(Sparekey::SecretEntry *code)
    {
        code->peek([this](QStringView text) { submitCode(text); });
    }
    void submitCode(QStringView entered);

    /// Takes the master password out of the field.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *password) { submit(password->take()); }
    void submit(SecureBuffer password);
    /// Closes the prompt and stops what it was doing.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    void waitSecondsChanged();
    void resendSecondsChanged();
    void accepted();
    void canceled();
    /// The field should be focused and its text selected.
    void passwordWanted();

private:
    QCoro::Task<void> trySecret(SecureBuffer secret);
    QCoro::Task<void> requestEmail();
    void refuse(const QString &text);
    void showError(const Error &error);
    void clearError();
    void followEmails();

    Action m_action;
    std::shared_ptr<Session> m_session;
    Countdown m_wait;
    Countdown m_resend; ///< Runs until another email may be requested.
    QString m_errorText;
    quint64 m_earlierCode = 0; ///< Number of a code from before this prompt; 0 if none.
    bool m_busy = false;
    bool m_errorIsConnection = false;
    bool m_refusedForGood = false;
    bool m_asking = false; ///< This prompt waits for an email to be sent.
    TaskGuard m_attempt;
};

} // namespace Sparekey
