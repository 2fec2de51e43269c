// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
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
    /// Seconds until another try is allowed; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    /// What the proof is for: gets the password, and says whether it was accepted. It is called
    /// once for each try; its result is ignored after `cancel`.
    using Act = std::function<QCoro::Task<Result<void>>(SecureBuffer)>;

    explicit VerificationViewModel(Act act, QObject *parent = nullptr);

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] bool errorIsConnection() const { return m_errorIsConnection; }
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }

    /// An empty prompt.
    void reset();

    /// Takes the master password out of the field.
    Q_INVOKABLE void submit(Sparekey::SecretEntry *password) { submit(password->take()); }
    void submit(SecureBuffer password);
    /// Closes the prompt and stops what it was doing.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();
    void waitSecondsChanged();
    void accepted();
    void cancelled();
    /// The password was wrong: select the field again.
    void passwordWanted();

private:
    QCoro::Task<void> tryPassword(SecureBuffer password);

    Act m_act;
    Countdown m_wait;
    QString m_errorText;
    quint64 m_generation = 0; ///< results of tries from before `reset` are not ours any more
    bool m_busy = false;
    bool m_errorIsConnection = false;
};

} // namespace Sparekey
