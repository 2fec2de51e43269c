// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/profile.h"
#include "core/task/taskguard.h"
#include "ui/providers/duoviewmodel.h"
#include "ui/timing/countdown.h"
#include "ui/twosteplogin/providerlistmodel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Sparekey {

/// Two-step login of one organization that the user may manage: its Duo.
class OrganizationViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AccountViewModel")
    Q_PROPERTY(QString name READ name CONSTANT FINAL)
    /// An enterprise organization, which can require two-step login by policy.
    Q_PROPERTY(bool enforces READ enforces CONSTANT FINAL)
    Q_PROPERTY(Sparekey::DuoViewModel *duo READ duo CONSTANT FINAL)
    Q_PROPERTY(bool loading READ isLoading NOTIFY changed FINAL)
    /// A model with one row: Duo.
    Q_PROPERTY(Sparekey::ProviderListModel *providers READ providers CONSTANT FINAL)
    /// Seconds until the server accepts another request; counts down to 0.
    Q_PROPERTY(int waitSeconds READ waitSeconds NOTIFY waitSecondsChanged FINAL)
    /// Why it is not known whether Duo is on; else empty.
    Q_PROPERTY(QString problemText READ problemText NOTIFY changed FINAL)

public:
    using State = ProviderListModel::State;

    OrganizationViewModel(std::shared_ptr<Session> session, const ManagedOrganization &organization,
                          QObject *parent = nullptr);
    ~OrganizationViewModel() override;

    [[nodiscard]] QString name() const { return m_organization.name; }
    [[nodiscard]] bool enforces() const { return m_organization.enforces; }
    [[nodiscard]] DuoViewModel *duo() { return &m_duo; }
    [[nodiscard]] bool isLoading() const { return m_loading; }
    [[nodiscard]] ProviderListModel *providers() { return &m_providers; }
    [[nodiscard]] State state() const;
    [[nodiscard]] int waitSeconds() const { return m_wait.seconds(); }
    [[nodiscard]] QString problemText() const { return m_problemText; }

    /// Asks the server for the state; the page calls it when it is shown. Ignored during a request,
    /// and while the server wants no other request (`waitSeconds`).
    Q_INVOKABLE void refresh();
    /// Opens the dialog, which starts with its verification prompt.
    Q_INVOKABLE void manage();
    /// Opens the confirmation that turns it off.
    Q_INVOKABLE void turnOff();

Q_SIGNALS:
    void changed();
    void waitSecondsChanged();
    /// For a toast.
    void noted(const QString &message);

private:
    [[nodiscard]] AccountContext context() const;
    void setOn(bool on);
    void reload();
    QCoro::Task<void> load();

    std::shared_ptr<Session> m_session;
    ManagedOrganization m_organization;
    DuoViewModel m_duo;
    ProviderListModel m_providers{ProviderListModel::Owner::Organization};
    Countdown m_wait;
    QString m_problemText;
    bool m_loading = false;
    TaskGuard m_load; ///< Only the answer to the newest request counts.
};

} // namespace Sparekey
