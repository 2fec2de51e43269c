// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/task/taskguard.h"
#include "ui/shell/services.h"
#include "ui/twosteplogin/organizationviewmodel.h"
#include "ui/twosteplogin/twosteploginviewmodel.h"

#include <QObject>
#include <QQmlListProperty>
#include <QtQml/qqmlregistration.h>
#include <memory>

namespace Sparekey {

/// An account that the user is signed in to.
class AccountViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AccountsViewModel")
    Q_PROPERTY(QString email READ email CONSTANT FINAL)
    /// Name of the user, or the email if the account has none.
    Q_PROPERTY(QString displayName READ displayName NOTIFY profileChanged FINAL)
    Q_PROPERTY(QString initials READ initials NOTIFY profileChanged FINAL)
    Q_PROPERTY(QString serverTitle READ serverTitle CONSTANT FINAL)
    Q_PROPERTY(Connection connection READ connection NOTIFY connectionChanged FINAL)
    Q_PROPERTY(QString connectionText READ connectionText NOTIFY connectionChanged FINAL)
    /// This computer is remembered at the second step until then: "21 Dec 2026", or empty.
    Q_PROPERTY(QString rememberedUntil READ rememberedUntil NOTIFY keptChanged FINAL)
    /// The session has a refresh token for a later start; that of an API key has none.
    Q_PROPERTY(bool canStaySignedIn READ canStaySignedIn CONSTANT FINAL)
    /// The next start opens this account with the master password alone.
    Q_PROPERTY(
        bool staysSignedIn READ staysSignedIn WRITE setStaysSignedIn NOTIFY keptChanged FINAL)
    /// The organizations whose two-step login the user may manage; empty until the profile has been
    /// read.
    Q_PROPERTY(QQmlListProperty<Sparekey::OrganizationViewModel> organizations READ organizations
                   NOTIFY profileChanged FINAL)
    /// The organization whose page is shown; null for the account's own page.
    Q_PROPERTY(Sparekey::OrganizationViewModel *organization READ organization WRITE setOrganization
                   NOTIFY organizationChanged FINAL)
    Q_PROPERTY(Sparekey::TwoStepLoginViewModel *twoStepLogin READ twoStepLogin CONSTANT FINAL)

public:
    enum class Connection { Online, Connecting, Offline, ServerProblem, SignedOut };
    Q_ENUM(Connection)

    /// Starts loading at once. The services must outlive this object.
    AccountViewModel(std::shared_ptr<Session> session, Services &services,
                     QObject *parent = nullptr);
    ~AccountViewModel() override;

    [[nodiscard]] const std::shared_ptr<Session> &session() const { return m_session; }

    [[nodiscard]] QString email() const;
    [[nodiscard]] QString name() const { return m_name; } ///< may be empty
    [[nodiscard]] QString displayName() const;
    [[nodiscard]] QString initials() const;
    [[nodiscard]] QString serverTitle() const;
    [[nodiscard]] Connection connection() const;
    [[nodiscard]] QString connectionText() const;
    [[nodiscard]] QQmlListProperty<OrganizationViewModel> organizations()
    {
        return {this, &m_organizations};
    }
    [[nodiscard]] OrganizationViewModel *organization() const { return m_organization; }
    /// One of `organizations`, or null.
    void setOrganization(OrganizationViewModel *organization);
    [[nodiscard]] TwoStepLoginViewModel *twoStepLogin() { return &m_twoStepLogin; }
    [[nodiscard]] QString rememberedUntil() const;
    [[nodiscard]] bool canStaySignedIn() const { return !m_session->account().byApiKey; }
    [[nodiscard]] bool staysSignedIn() const;
    /// Takes effect after the keyring has saved the session.
    void setStaysSignedIn(bool stays);
    /// The next sign-in asks for the second step again.
    Q_INVOKABLE void forgetDevice();

    /// Closes every dialog, wipes what it showed, and clears what was copied to the clipboard.
    void forgetSecrets();

Q_SIGNALS:
    void profileChanged();
    void organizationChanged();
    void connectionChanged();
    void keptChanged();
    /// The keyring did not accept the session.
    void notSaved(const Sparekey::Error &error);

private:
    QCoro::Task<void> loadProfile();
    QCoro::Task<void> keepSession();
    [[nodiscard]] QString key() const;

    std::shared_ptr<Session> m_session;
    Settings &m_settings;
    AccountStore &m_store;
    TwoStepLoginViewModel m_twoStepLogin;
    QList<OrganizationViewModel *> m_organizations; ///< Children of this object.
    OrganizationViewModel *m_organization = nullptr;
    QString m_name;
    bool m_keeping = false; ///< The keyring is being asked to keep the session.
    bool m_profileLoading = false;
    bool m_profileLoaded = false;
    TaskGuard m_tasks;
};

} // namespace Sparekey
