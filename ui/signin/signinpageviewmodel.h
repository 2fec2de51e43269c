// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/task/taskguard.h"
#include "ui/signin/signinattempt.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Base of the pages between the password and the account: they send a code to the server and show
/// the result. GUI thread.
class SignInPageViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Base of the pages")
    /// A code is being sent to the server.
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    /// About what was entered; belongs under the field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// About the connection, or about what the server asks for.
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY changed FINAL)
    /// A note that is not an error, such as that a new code was sent.
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed FINAL)
    /// Seconds until the server accepts another attempt; 0 if one may be made now.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    [[nodiscard]] bool busy() const { return m_attempt.isBusy(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString bannerText() const { return m_bannerText; }
    [[nodiscard]] QString noteText() const { return m_noteText; }
    [[nodiscard]] int waitSeconds() const { return m_attempt.waitSeconds(); }

    /// Forgets everything and ignores running requests.
    virtual void reset();
    /// The entry has changed: clears the error about it.
    Q_INVOKABLE virtual void edited();

Q_SIGNALS:
    void changed();
    void waitSecondsChanged();
    /// The page should focus its field and select the text.
    void codeWanted();

protected:
    /// `attempt` must outlive this object.
    explicit SignInPageViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    [[nodiscard]] SignInAttempt &attempt() const { return m_attempt; }
    /// Valid until `reset`.
    [[nodiscard]] TaskGuard::Ticket ticket() const { return m_tasks.ticket(); }
    /// Awaits `running`, which sends a code, then calls `finish`.
    QCoro::Task<void> send(QCoro::Task<Result<SignInOutcome>> running);
    /// Shows the error, or settles the attempt.
    virtual void finish(Result<SignInOutcome> outcome);
    virtual void showError(const Error &error);
    [[nodiscard]] virtual QString wrongCodeText() const = 0;

    /// Shows the text under the field.
    void refuse(const QString &text);
    void showBanner(const QString &text);
    void showNote(const QString &text);
    virtual void clearMessages();

private:
    SignInAttempt &m_attempt;
    TaskGuard m_tasks;
    QString m_errorText;
    QString m_bannerText;
    QString m_noteText;
};

} // namespace Sparekey
