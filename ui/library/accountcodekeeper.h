// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/library.h"
#include "core/secret/securebuffer.h"
#include "core/settings/settings.h"
#include "core/task/taskguard.h"
#include "ui/desktop/lockable.h"
#include "ui/library/libraryeventwriter.h"

#include <QObject>
#include <QUuid>

#include <optional>

namespace Sparekey {

/// A Bitwarden account whose recovery code a library may keep.
struct FollowedAccount
{
    QString key; ///< `accountKey`
    QString email;
    QString signInAddress;
    QString recoveryAddress;
};

/// A copy of a code that was made before the code was kept.
struct EarlierCopy
{
    CopyRecord record;
    QString path; ///< Of a file; empty for paper.
};

/// Keeps the recovery codes of Bitwarden accounts in the open library, each in an entry that
/// follows its account. If no library is open, a code can wait until one is; it is wiped when the
/// window is locked. GUI thread.
class AccountCodeKeeper : public QObject, public Lockable
{
    Q_OBJECT

public:
    /// What the open library has of an account.
    enum class Kept {
        Nothing,
        ThisCode,  ///< As its current code.
        OtherCode, ///< Only other codes, current or void.
    };

    /// Both must outlive this object.
    AccountCodeKeeper(Library &library, LibraryEvents &events, QObject *parent = nullptr);
    ~AccountCodeKeeper() override;

    [[nodiscard]] const Library &library() const { return m_library; }
    /// `Nothing` unless a library is open. `code` as in `RecoveryCode::text`.
    [[nodiscard]] Kept kept(const QString &accountKey, const SecureBuffer &code) const;
    /// The set with this code, as `LibraryEvent::subject` names it; empty if it is not kept.
    [[nodiscard]] QString setWith(const QString &accountKey, const SecureBuffer &code) const;

    /// Makes the code the current one of the account's entry, and the entry if there is none. An
    /// older code is void then. Errors: those of `Library::put`.
    [[nodiscard]] QCoro::Task<Result<void>> keep(FollowedAccount account, SecureBuffer code,
                                                 QList<EarlierCopy> copies);
    /// Records a copy of the current code, if the account has an entry.
    [[nodiscard]] QCoro::Task<Result<void>> recordCopy(QString accountKey, EarlierCopy copy);
    /// The code of the account was used to sign in: the kept one is void, at the latest when the
    /// library is opened the next time.
    void recordUse(const QString &accountKey);
    /// Records a sheet that was confirmed after its page was closed; `set` as of `setWith`.
    void recordPrint(const QString &set, const QDateTime &when, const QString &sheetId);

    /// Keeps the code once a library is open, and emits `libraryWanted`.
    void keepWhenOpen(const FollowedAccount &account, SecureBuffer code,
                      const QList<EarlierCopy> &copies);
    /// A code waits.
    [[nodiscard]] bool isUnlocked() const override { return m_waiting.has_value(); }
    /// The email of the account whose code waits; empty if none does.
    [[nodiscard]] QString waitingFor() const
    {
        return m_waiting ? m_waiting->account.email : QString();
    }
    /// Wipes the code that waits.
    void lock() override;

Q_SIGNALS:
    /// A code has begun to wait, or does no longer.
    void waitingChanged();
    void libraryWanted();
    /// The code that waited is in this entry.
    void keptLate(const QUuid &entry, const QString &email);
    /// It could not be kept.
    void notKept(const Sparekey::Error &error);

private:
    struct Waiting
    {
        FollowedAccount account;
        SecureBuffer code;
        QList<EarlierCopy> copies;
    };

    [[nodiscard]] const LibraryEntry *entryOf(const QString &accountKey) const;
    QCoro::Task<void> keepWaiting();

    Library &m_library;
    LibraryEventWriter m_events;
    std::optional<Waiting> m_waiting;
    TaskGuard m_tasks;
};

} // namespace Sparekey
