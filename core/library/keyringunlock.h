// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/keyring/keyring.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/settings/knownlibraries.h"

#include <QCoroTask>

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Sparekey {

/// Lets the desktop's keyring unlock a library for some hours, where a user has asked for it.
///
/// The keyring keeps the key that the key derivation made of the passphrase and the file's salt
/// (`LibraryFile::derivedKey`), with the time at which it expires. It is useless without the file.
/// It is no passphrase either: to find that, one has to guess, with one key derivation for each
/// guess, as with the file alone. A new salt ends its use.
///
/// The list of entries and when they expire is in `KnownLibraries`, so the keyring is not accessed
/// before a user has asked for it. An entry is on the list before it is written, and until it is
/// removed; one that could not be removed when it expired is removed by the next start. GUI thread;
/// nothing waits for the keyring but the tasks below.
class KeyringUnlock : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::hours Lifetime{4};

    /// Both must outlive this object.
    KeyringUnlock(KnownLibraries &known, Keyring &keyring, QObject *parent = nullptr);
    ~KeyringUnlock() override;

    /// Until when the keyring unlocks the library. Nothing if it does not.
    [[nodiscard]] std::optional<QDateTime> until(const QString &path) const;

    /// Writes the key. `KeyringUnavailable`; `Canceled` if it was forgotten before it was written.
    [[nodiscard]] QCoro::Task<Result<void>> keep(QString path, SecureBuffer derivedKey,
                                                 std::chrono::milliseconds lifetime = Lifetime);
    /// May wait for long, while the desktop asks to unlock the keyring. `KeyringUnavailable`, also
    /// if the keyring has no such key or it has expired.
    [[nodiscard]] QCoro::Task<Result<SecureBuffer>> read(QString path);
    /// At once `until` returns nothing, whatever the keyring does.
    void forget(const QString &path);
    void forgetAll();
    /// Deletes what has expired since the last start.
    void removeExpired();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<void> remove(QString path);
    void setExpiry(const QString &path, std::optional<QDateTime> expiry);
    void startTimer();

    KnownLibraries &m_known;
    Keyring &m_keyring;
    TaskGuard m_tasks;
    QTimer m_timer;
};

} // namespace Sparekey
