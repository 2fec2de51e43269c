// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "ui/viewmodels/twosteploginviewmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// The signed-in account that the app frame shows.
class AccountViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(QString email READ email CONSTANT FINAL)
    /// Name of the user, or the email if the account has none.
    Q_PROPERTY(QString displayName READ displayName NOTIFY profileChanged FINAL)
    Q_PROPERTY(QString initials READ initials NOTIFY profileChanged FINAL)
    Q_PROPERTY(QString serverTitle READ serverTitle CONSTANT FINAL)
    Q_PROPERTY(Connection connection READ connection NOTIFY connectionChanged FINAL)
    Q_PROPERTY(QString connectionText READ connectionText NOTIFY connectionChanged FINAL)
    Q_PROPERTY(Sparekey::TwoStepLoginViewModel *twoStepLogin READ twoStepLogin CONSTANT FINAL)

public:
    enum class Connection { Online, Connecting, Offline, ServerProblem, SignedOut };
    Q_ENUM(Connection)

    /// Starts loading at once. `settings` and `printing` must outlive this object.
    AccountViewModel(std::shared_ptr<Session> session, Settings &settings, PrintService &printing,
                     QObject *parent = nullptr);
    ~AccountViewModel() override;

    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }

    [[nodiscard]] QString email() const;
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QString initials() const;
    [[nodiscard]] QString serverTitle() const;
    [[nodiscard]] Connection connection() const;
    [[nodiscard]] QString connectionText() const;
    [[nodiscard]] TwoStepLoginViewModel *twoStepLogin() { return &m_twoStepLogin; }

Q_SIGNALS:
    void profileChanged();
    void connectionChanged();

private:
    QCoro::Task<void> loadProfile();

    std::shared_ptr<Session> m_session;
    TwoStepLoginViewModel m_twoStepLogin;
    QString m_name;
    bool m_profileLoading = false;
    bool m_profileLoaded = false;
};

} // namespace Sparekey
