// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"
#include "core/library/libraryfile.h"
#include "core/library/librarykey.h"
#include "core/library/olderversions.h"
#include "core/library/tunedkdf.h"
#include "core/result.h"
#include "core/task/taskguard.h"

#include <QCoroTask>

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QUuid>

#include <functional>
#include <memory>

namespace Sparekey {

/// The one library of recovery codes that the program has open (`LibraryFile`). GUI thread; files
/// and key derivation are the work of one other thread, which does one job after another.
///
/// `entries()` is always what the file has: a change takes effect when it is saved, and its task
/// returns then. A change that was begun is saved even if the library is locked meanwhile. If
/// another program has changed the file, a change merges with it, and `merged` says so. Errors are
/// those of the function of that name in `LibraryFile`, and `Canceled` while no library is open or
/// if this object was destroyed.
class Library : public QObject
{
    Q_OBJECT

public:
    enum class State {
        None,    ///< No file is chosen.
        Locked,  ///< A file is chosen. It need not exist.
        Opening, ///< `open` or `create` is at work; `lock` cancels it.
        Open,
    };

    /// `chooseKdf` is called on the other thread for a new key.
    explicit Library(std::function<VariantDictionary()> chooseKdf = tunedKdf,
                     QObject *parent = nullptr);
    /// Waits for what is being saved.
    ~Library() override;

    [[nodiscard]] State state() const { return m_state; }
    /// As it was chosen; empty in `None`.
    [[nodiscard]] QString path() const { return m_path; }
    /// `Writable` while it is not open.
    [[nodiscard]] LibraryAccess access() const { return m_access; }
    [[nodiscard]] bool isReadOnly() const { return m_access != LibraryAccess::Writable; }
    /// In the order of the file. Empty unless it is open.
    [[nodiscard]] const QList<LibraryEntry> &entries() const { return m_entries; }
    /// Null if there is none. Valid until the next `entriesChanged`.
    [[nodiscard]] const LibraryEntry *find(const QUuid &id) const;

    /// Locks, and then `path` is the file to open; an empty one for none. Reads nothing.
    void choose(const QString &path);

    /// Makes a new file and opens it. After an error the state is as before.
    QCoro::Task<Result<void>> create(QString path, LibraryKey key);
    /// Chooses the file and opens it. After an error it is locked. `Canceled` if it was locked
    /// meanwhile.
    QCoro::Task<Result<void>> open(QString path, LibraryKey key);
    /// The same with what `derivedKey` returned.
    QCoro::Task<Result<void>> openWithDerivedKey(QString path, SecureBuffer derivedKey);
    QCoro::Task<Result<void>> put(LibraryEntry entry);
    /// Several entries in one save.
    QCoro::Task<Result<void>> putAll(QList<LibraryEntry> entries);
    QCoro::Task<Result<void>> remove(QUuid id);
    QCoro::Task<Result<void>> changeKey(LibraryKey before, LibraryKey after);
    /// Before the codes leave the program.
    QCoro::Task<Result<bool>> provesKey(LibraryKey key);
    /// Of the open file, for `openWithDerivedKey`.
    QCoro::Task<Result<SecureBuffer>> derivedKey();
    /// Call this when the window becomes active; it is quick if the file is unchanged. `access()`
    /// changes if the file can be written to now.
    QCoro::Task<Result<void>> reload();
    /// Then `path()` is that place. Returns the older versions that could not be moved.
    QCoro::Task<Result<QStringList>> moveTo(QString path);

    // The older versions of the chosen file, whether it is open or not (`OlderVersion`).

    QCoro::Task<QList<OlderVersion>> olderVersions();
    /// `Canceled` while the library is open.
    QCoro::Task<Result<QString>> restore(QString older);
    /// Returns those that could not be deleted.
    QCoro::Task<QStringList> removeOlderVersions();

    /// Forgets all entries and keys at once, apart from what is still being saved.
    void lock();

Q_SIGNALS:
    /// `state()`, `path()` or `access()`.
    void stateChanged();
    void entriesChanged();
    /// Another program had changed the file. `fromOther`: entries that changed here because of
    /// that; `conflicts`: those that were changed on both sides, of which the older state is kept
    /// in the history.
    void merged(int fromOther, const QList<QUuid> &conflicts);

private:
    using Opened = Result<std::unique_ptr<LibraryFile>>;

    QCoro::Task<Result<void>> openWith(QString path, std::function<Opened()> work);
    QCoro::Task<Result<void>> change(std::function<Result<KdbxMerge>(LibraryFile &)> work);
    void setState(State state);
    void setAccess(LibraryAccess access);
    void setEntries(QList<LibraryEntry> entries);

    std::function<VariantDictionary()> m_chooseKdf;
    State m_state = State::None;
    QString m_path;
    LibraryAccess m_access = LibraryAccess::Writable;
    QList<LibraryEntry> m_entries;
    std::shared_ptr<LibraryFile> m_file; ///< Used on the other thread only.
    TaskGuard m_tasks;
    QThreadPool m_worker; ///< One thread, so that changes keep their order.
};

} // namespace Sparekey
