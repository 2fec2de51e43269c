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

/// "Prove that it is you": the prompt before settings or the recovery code are shown.
class VerificationViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the view-model that asks for the proof")
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// The error is about the server or the way to it, not about the password.
    Q_PROPERTY(bool errorIsConnection READ errorIsConnection NOTIFY changed FINAL)
    /// Nothing that could be entered would change the answer. The error says what to do instead.
    Q_PROPERTY(bool refusedForGood READ isRefusedForGood NOTIFY changed FINAL)
    /// The account has no master password: a code is mailed instead.
    Q_PROPERTY(bool byMail READ isByMail NOTIFY changed FINAL)
    Q_PROPERTY(bool sendingMail READ isSendingMail NOTIFY changed FINAL)
    /// What to do, or what became of the mail.
    Q_PROPERTY(QString mailText READ mailText NOTIFY changed FINAL)
    /// Seconds until another mail may be asked for; counts down to 0.
    Q_PROPERTY(int resendSeconds READ resendSeconds NOTIFY resendSecondsChanged FINAL)
    /// Seconds until another attempt is allowed; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    /// What the proof is for: gets the password or the mailed code, and says whether it was
    /// accepted. It is called once for each try; its result is ignored after `cancel`.
    using Act = std::function<QCoro::Task<Result<void>>(SecureBuffer)>;

    explicit VerificationViewModel(Act act, QObject *parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool errorIsConnection() const { return m_errorIsConnection; }
    [[nodiscard]] bool isRefusedForGood() const { return m_refusedForGood; }
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }

    /// Whose secret is asked for; without a session, a master password.
    void setSession(std::shared_ptr<Session> session);

    [[nodiscard]] bool isByMail() const;
    [[nodiscard]] bool isSendingMail() const;
    [[nodiscard]] QString mailText() const;
    [[nodiscard]] int resendSeconds() const { return m_resend.seconds(); }

    /// An empty prompt.
    void reset();
    /// The prompt is on the screen: mails a code where one is needed, and none is on its way or was
    /// mailed before, from whichever prompt, and not used.
    Q_INVOKABLE void begin();
    /// Another one, which voids those before.
    Q_INVOKABLE void sendMail();
    /// The code of the email, as it was entered. It stays in the field, to be corrected.
    Q_INVOKABLE void submitCode(Sparekey::SecretEntry *code)
    {
        code->look([this](QStringView text) { submitCode(text); });
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
    /// The password was wrong: select the field again.
    void passwordWanted();

private:
    QCoro::Task<void> trySecret(SecureBuffer secret);
    QCoro::Task<void> askForMail();
    void refuse(const QString &text);
    void showError(const Error &error);
    void clearError();
    void followMails();

    Act m_act;
    std::shared_ptr<Session> m_session;
    Countdown m_wait;
    Countdown m_resend; ///< runs while the last mail is new
    QString m_errorText;
    quint64 m_earlierMail = 0; ///< The one that had been sent when this prompt began.
    bool m_busy = false;
    bool m_errorIsConnection = false;
    bool m_refusedForGood = false;
    bool m_asking = false; ///< This prompt waits for a mail to be sent.
    TaskGuard m_attempt;
};

} // namespace Sparekey
