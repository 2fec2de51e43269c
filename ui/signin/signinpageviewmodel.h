// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/task/taskguard.h"
#include "ui/signin/signinattempt.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What the pages between the password and the account have in common: a code is sent to the
/// server, and the page tells what comes of it. GUI thread.
class SignInPageViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Base of the pages")
    /// A code is being sent to the server.
    Q_PROPERTY(bool busy READ busy NOTIFY changed FINAL)
    /// About what was entered; belongs under the field.
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed FINAL)
    /// About the way to the server, or about what the server wants.
    Q_PROPERTY(QString bannerText READ bannerText NOTIFY changed FINAL)
    /// Good news, such as that a new code is on its way.
    Q_PROPERTY(QString noteText READ noteText NOTIFY changed FINAL)
    /// Seconds until the server takes another try; 0 when one may be made.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)

public:
    [[nodiscard]] bool busy() const { return m_attempt.isBusy(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }
    [[nodiscard]] QString bannerText() const { return m_bannerText; }
    [[nodiscard]] QString noteText() const { return m_noteText; }
    [[nodiscard]] int waitSeconds() const { return m_attempt.waitSeconds(); }

    /// Forgets everything, and what is under way.
    virtual void reset();
    /// What was entered has changed: what was said about it no longer holds.
    Q_INVOKABLE virtual void edited();

Q_SIGNALS:
    void changed();
    void waitSecondsChanged();
    /// The page shall put the focus into its field and select what is there.
    void codeWanted();

protected:
    /// `attempt` must outlive this object.
    explicit SignInPageViewModel(SignInAttempt &attempt, QObject *parent = nullptr);

    [[nodiscard]] SignInAttempt &attempt() const { return m_attempt; }
    /// Good until `reset`.
    [[nodiscard]] TaskGuard::Ticket ticket() const { return m_tasks.ticket(); }
    /// Sends a code, then `finish`.
    QCoro::Task<void> send(QCoro::Task<Result<SignInOutcome>> running);
    /// Tells of an error, or settles the attempt.
    virtual void finish(Result<SignInOutcome> outcome);
    virtual void tell(const Error &error);
    [[nodiscard]] virtual QString wrongCodeText() const = 0;

    /// Says it under the field.
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
