// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/filelock.h"
#include "core/kdbx/kdbxdatabase.h"
#include "core/kdbx/kdbxmerge.h"
#include "core/library/libraryentry.h"
#include "core/library/librarykey.h"
#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <functional>
#include <memory>

namespace Sparekey {

/// How many older generations of a library are kept beside it (`olderGeneration`).
inline constexpr int libraryGenerations = 5;

/// What may be done with an open library.
enum class LibraryAccess {
    Writable,
    ReadOnly, ///< The file or its folder cannot be written to.
    InUse,    ///< Another process of this program has it open, so it can only be read.
};

/// An open library in its file. What is in memory is what was read from the file or saved in it
/// last; a change that cannot be saved is not made.
///
/// Each change writes the whole file: into a new file beside it that is synced, read back,
/// decrypted and compared, and then takes the name. The file before becomes the newest older
/// generation. If another program has changed the file meanwhile, both are merged (`mergeKdbx`)
/// before that.
///
/// Blocks on the disk, and where it says so on key derivation. Use from one thread at a time, on a
/// stack that is wiped. Errors have the path as subject unless `ErrorKind` says otherwise.
class LibraryFile
{
public:
    /// Makes a new, empty one, and its folder. Derives a key with `kdf`. Errors: `FileExists`,
    /// those of `writeSecretFile`, `LibraryKeyFileUnusable`, `LibraryKeyWrong` without any key.
    [[nodiscard]] static Result<std::unique_ptr<LibraryFile>>
    create(const QString &path, const LibraryKey &key, const VariantDictionary &kdf);

    /// Derives the key. Errors: `LibraryFileGone`, `FolderMissing`, `FileNotReadable`, and those of
    /// `libraryError`.
    [[nodiscard]] static Result<std::unique_ptr<LibraryFile>> open(const QString &path,
                                                                   const LibraryKey &key);
    /// With what `derivedKey` returned, which takes no time. `LibraryKeyRequired` if the file has
    /// got another salt since, as by a change of its key or a save of KeePassXC; also later, when a
    /// change is to be merged with such a file.
    [[nodiscard]] static Result<std::unique_ptr<LibraryFile>>
    openWithDerivedKey(const QString &path, SecureBuffer derivedKey);

    /// Without symbolic links.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] LibraryAccess access() const { return m_access; }
    /// What the key derivation made of the key and the file's salt.
    [[nodiscard]] SecureBuffer derivedKey() const { return m_content.derivedKey.clone(); }
    [[nodiscard]] QList<LibraryEntry> entries();

    // Changes. Errors, besides those of `replaceSecretFile`: `LibraryInUse` and `FileNotWritable`
    // if it can only be read; `LibraryFileGone`; if another program has changed the file,
    // `LibraryKeyChanged` and those of `libraryError`. A key is derived only in that case.

    /// Adds the entry, or replaces the one with its id, whose state before is kept in its history.
    [[nodiscard]] Result<KdbxMerge> put(const LibraryEntry &entry, const QDateTime &now);
    /// The same for several entries, in one save.
    [[nodiscard]] Result<KdbxMerge> putAll(const QList<LibraryEntry> &entries,
                                           const QDateTime &now);
    /// Succeeds also if there is none. Older generations still have it.
    [[nodiscard]] Result<KdbxMerge> remove(const QUuid &id, const QDateTime &now);
    /// Reads what another program has changed. Saves if there is something to merge. If it could
    /// only be read, this looks whether it can be written to now.
    [[nodiscard]] Result<KdbxMerge> reload();
    /// Derives two keys. The older generations keep the old key. `LibraryKeyWrong` if `before` is
    /// not the key of this file.
    [[nodiscard]] Result<KdbxMerge> changeKey(const LibraryKey &before, const LibraryKey &after,
                                              const VariantDictionary &kdf);

    /// Gives the file and its older generations another place or name, and never replaces a file
    /// (`moveSecretFile`). If the file is gone, it is written there as it was last read or saved.
    /// The lock goes with it. Returns the older generations that could not be moved. Errors:
    /// `LibraryInUse`, `FileNotWritable`, `FileExists` (also for a name that an older generation
    /// needs), those of `moveSecretFile`.
    [[nodiscard]] Result<QStringList> moveTo(const QString &path);

    /// Whether it is the key of this file. Derives one.
    [[nodiscard]] Result<bool> provesKey(const LibraryKey &key) const;

private:
    // The content of the file, and how to encrypt it.
    struct Content
    {
        KdbxDatabase database;
        CompositeKey key;        ///< Empty if the file was opened with the derived key.
        SecureBuffer derivedKey; ///< From `key` and `database.header.kdf`.
    };
    using Change = std::function<Result<void>(Content &)>;
    /// When a change of another program is merged.
    enum class Merging { BeforeTheChange, AfterTheChange };

    explicit LibraryFile(QString path);

    /// Tries to lock the file. Call this before it is read, so that nobody changes it in between.
    void findAccess();
    [[nodiscard]] Result<QByteArray> read() const;
    [[nodiscard]] Result<Content> decrypted(QByteArrayView bytes, CompositeKey key) const;
    [[nodiscard]] Content copyOfContent() const;
    [[nodiscard]] Result<void> mayWrite() const;
    [[nodiscard]] Result<KdbxMerge> change(const Change &change,
                                           Merging merging = Merging::AfterTheChange);
    [[nodiscard]] Result<KdbxMerge> mergeFile(Content &next, QByteArrayView bytes) const;
    [[nodiscard]] Result<QByteArray> encrypted(const Content &content) const;
    void noteSaved(Content content, QByteArrayView bytes);

    QString m_path; ///< Without symbolic links, so that they stay.
    LibraryAccess m_access = LibraryAccess::Writable;
    std::unique_ptr<FileLock> m_lock;
    Content m_content;
    QByteArray m_digest; ///< SHA-256 of the file as it was last read or written.
};

} // namespace Sparekey
