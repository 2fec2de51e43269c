// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/proxylogins.h"
#include "ui/desktop/lockable.h"
#include "ui/secret/secretentry.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Asks for the user name and the password of a proxy. Requests wait for the answer.
class ProxyLoginViewModel : public QObject, public Lockable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by AppViewModel")
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed FINAL)
    /// Host and port.
    Q_PROPERTY(QString proxy READ proxy NOTIFY changed FINAL)
    /// The proxy did not accept the last entry.
    Q_PROPERTY(bool refused READ wasRefused NOTIFY changed FINAL)

public:
    /// `logins` must outlive this object.
    explicit ProxyLoginViewModel(ProxyLogins &logins, QObject *parent = nullptr);
    ~ProxyLoginViewModel() override;

    [[nodiscard]] bool isUnlocked() const override { return isAsking(); }
    void lock() override { cancel(); }

    [[nodiscard]] bool isAsking() const { return !m_proxy.isEmpty(); }
    [[nodiscard]] QString proxy() const { return m_proxy; }
    [[nodiscard]] bool wasRefused() const { return m_refused; }

    /// Takes the password out of the field.
    Q_INVOKABLE void submit(const QString &user, Sparekey::SecretEntry *password);
    /// Requests that wait for the answer fail.
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void changed();

private:
    void close();

    ProxyLogins &m_logins;
    QString m_proxy; ///< Empty while nothing is asked.
    bool m_refused = false;
};

} // namespace Sparekey
