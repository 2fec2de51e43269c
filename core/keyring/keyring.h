// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/task/taskguard.h"

#include <QCoro/QCoroTask>
#include <QObject>
#include <QString>

namespace QKeychain {
class Job;
}

namespace Sparekey {

/// The desktop's keyring: the Secret Service (GNOME Keyring, KeePassXC, KWallet) or KWallet by its
/// own interface, both through QtKeychain. There is no fallback: if no keyring runs, or it stays
/// locked, nothing is kept.
///
/// No connection is made before the first call. GUI thread; calls never block, take effect in the
/// order in which they were made, and wait while the desktop asks the user to unlock the keyring.
/// Each fails with `KeyringUnavailable`, or with `Canceled` if this object was destroyed.
class Keyring : public QObject
{
    Q_OBJECT

public:
    /// The desktop's own tools list the entries under `service`. If it is empty, every call fails
    /// and the desktop's keyring is not accessed.
    explicit Keyring(QString service, QObject *parent = nullptr);

    /// Empty if there is no such entry. A keyring that stays locked, or a missing Secret Service,
    /// looks the same.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> read(QString key);
    /// Replaces what was there.
    [[nodiscard]] QCoro::Task<Result<void>> write(QString key, SecureBuffer secret);
    /// It is no error if there is no such entry.
    [[nodiscard]] QCoro::Task<Result<void>> remove(QString key);

Q_SIGNALS:
    void freed();

private:
    QCoro::Task<Result<void>> run(QKeychain::Job *job, QString key);

    const QString m_service;
    TaskGuard m_calls;
    bool m_busy = false;
};

} // namespace Sparekey
