// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Over 400 lines: every change of the file has to keep its lock, its key and its state in step.

#include "core/library/libraryfile.h"

#include "core/files/datafile.h"
#include "core/files/movefile.h"
#include "core/files/oldergenerations.h"
#include "core/files/secretfile.h"
#include "core/kdbx/kdbx.h"
#include "core/kdbx/kdbxvalues.h"
#include "core/library/entryinkdbx.h"
#include "core/library/libraryerror.h"
#include "core/library/storedentries.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// How often another program may change the file while it is being saved.
constexpr int MostAttempts = 3;

Error errorAt(ErrorKind kind, const QString &path)
{
    return {.kind = kind, .subject = ForeignText::path(path)};
}

QByteArray digestOf(QByteArrayView bytes)
{
    return QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha256);
}

// KDBX keeps whole seconds.
QDateTime wholeSeconds(const QDateTime &time)
{
    return QDateTime::fromSecsSinceEpoch(time.toSecsSinceEpoch(), QTimeZone::utc());
}

} // namespace

LibraryFile::LibraryFile(QString path)
    : m_path(std::move(path))
{
}

void LibraryFile::findAccess()
{
    m_access = LibraryAccess::Writable;
    if (!m_lock) {
        auto locked = FileLock::tryLock(m_path);
        m_lock = std::move(locked.lock);
        if (locked.outcome == FileLock::Outcome::HeldByOther)
            m_access = LibraryAccess::InUse;
    }
    if (m_access == LibraryAccess::Writable
        && (!mayBeWritten(m_path) || !mayBeWritten(QFileInfo(m_path).absolutePath())))
        m_access = LibraryAccess::ReadOnly;
}

Result<std::unique_ptr<LibraryFile>> LibraryFile::create(const QString &path, const LibraryKey &key,
                                                         const VariantDictionary &kdf)
{
    if (const auto made = makeDataFolder(path); !made)
        return fail(made.error());
    if (dataFileExists(path))
        return fail(errorAt(ErrorKind::FileExists, path));
    auto composite = compositeKey(key);
    if (!composite)
        return fail(libraryError(composite.error(), path));
    std::unique_ptr<LibraryFile> file(new LibraryFile(withoutSymbolicLinks(path)));
    Content content{.database = KdbxDatabase::create(QFileInfo(path).completeBaseName(),
                                                     QDateTime::currentDateTimeUtc()),
                    .key = std::move(*composite),
                    .derivedKey = {}};
    content.database.header.kdf = kdf;
    if (const auto renewed = renewSalt(content.database.header.kdf); !renewed)
        return fail(libraryError(renewed.error(), path));
    auto derived = deriveKdbxKey(content.database.header.kdf, content.key);
    if (!derived)
        return fail(libraryError(derived.error(), path));
    content.derivedKey = std::move(*derived);
    const auto bytes = file->encrypted(content);
    if (!bytes)
        return fail(bytes.error());
    auto locked = FileLock::tryLock(file->m_path);
    if (locked.outcome == FileLock::Outcome::HeldByOther)
        return fail(errorAt(ErrorKind::FileExists, path));
    file->m_lock = std::move(locked.lock);
    if (const auto written = writeSecretFile(file->m_path, *bytes, ExistingFile::Keep); !written)
        return fail(written.error());
    file->noteSaved(std::move(content), *bytes);
    return file;
}

Result<std::unique_ptr<LibraryFile>> LibraryFile::open(const QString &path, const LibraryKey &key)
{
    auto composite = compositeKey(key);
    if (!composite)
        return fail(libraryError(composite.error(), path));
    std::unique_ptr<LibraryFile> file(new LibraryFile(withoutSymbolicLinks(path)));
    file->findAccess();
    const auto bytes = file->read();
    if (!bytes)
        return fail(bytes.error());
    auto content = file->decrypted(*bytes, std::move(*composite));
    if (!content)
        return fail(content.error());
    file->noteSaved(std::move(*content), *bytes);
    return file;
}

Result<std::unique_ptr<LibraryFile>> LibraryFile::openWithDerivedKey(const QString &path,
                                                                     SecureBuffer derivedKey)
{
    std::unique_ptr<LibraryFile> file(new LibraryFile(withoutSymbolicLinks(path)));
    file->findAccess();
    const auto bytes = file->read();
    if (!bytes)
        return fail(bytes.error());
    auto database = openKdbxWith(*bytes, derivedKey);
    if (!database && database.error().kind == KdbxErrorKind::WrongKey)
        return fail(errorAt(ErrorKind::LibraryKeyRequired, path));
    if (!database)
        return fail(libraryError(database.error(), path));
    file->noteSaved(Content{.database = std::move(*database),
                            .key = {},
                            .derivedKey = std::move(derivedKey)},
                    *bytes);
    return file;
}

QList<LibraryEntry> LibraryFile::entries()
{
    return readEntries(m_content.database);
}

Result<QByteArray> LibraryFile::read() const
{
    auto bytes = readDataFile(m_path, KdbxLimits().file);
    if (bytes && bytes->isEmpty() && !dataFileExists(m_path)) {
        const bool hasFolder = QFileInfo(QFileInfo(m_path).absolutePath()).isDir();
        return fail(
            errorAt(hasFolder ? ErrorKind::LibraryFileGone : ErrorKind::FolderMissing, m_path));
    }
    return bytes;
}

Result<LibraryFile::Content> LibraryFile::decrypted(QByteArrayView bytes, CompositeKey key) const
{
    const auto parts = readOuterHeader(bytes, {});
    if (!parts)
        return fail(libraryError(parts.error(), m_path));
    auto derivedKey = deriveKdbxKey(parts->header.kdf, key);
    if (!derivedKey)
        return fail(libraryError(derivedKey.error(), m_path));
    auto database = openKdbxWith(bytes, *derivedKey);
    if (!database)
        return fail(libraryError(database.error(), m_path));
    return Content{.database = std::move(*database),
                   .key = std::move(key),
                   .derivedKey = std::move(*derivedKey)};
}

LibraryFile::Content LibraryFile::copyOfContent() const
{
    return {.database = m_content.database,
            .key = m_content.key.clone(),
            .derivedKey = m_content.derivedKey.clone()};
}

Result<void> LibraryFile::mayWrite() const
{
    switch (m_access) {
    case LibraryAccess::Writable: return {};
    case LibraryAccess::ReadOnly: return fail(errorAt(ErrorKind::FileNotWritable, m_path));
    case LibraryAccess::InUse: return fail(errorAt(ErrorKind::LibraryInUse, m_path));
    }
    Q_UNREACHABLE();
}

Result<QByteArray> LibraryFile::encrypted(const Content &content) const
{
    const auto bytes = writeKdbxWith(content.database, content.derivedKey);
    if (!bytes)
        return fail(libraryError(bytes.error(), m_path));
    // The saver compares what is on the disk with these bytes.
    const auto again = openKdbxWith(*bytes, content.derivedKey);
    if (!again || again->root != content.database.root
        || again->binaries != content.database.binaries)
        return fail(errorAt(ErrorKind::FileReadBackFailed, m_path));
    return *bytes;
}

Result<KdbxMerge> LibraryFile::mergeFile(Content &next, QByteArrayView bytes) const
{
    const auto parts = readOuterHeader(bytes, {});
    if (!parts)
        return fail(libraryError(parts.error(), m_path));
    // Most programs use a new salt for each save.
    if (parts->header.kdf != next.database.header.kdf) {
        if (next.key.isEmpty())
            return fail(errorAt(ErrorKind::LibraryKeyRequired, m_path));
        auto derivedKey = deriveKdbxKey(parts->header.kdf, next.key);
        if (!derivedKey)
            return fail(libraryError(derivedKey.error(), m_path));
        next.derivedKey = std::move(*derivedKey);
    }
    auto other = openKdbxWith(bytes, next.derivedKey);
    if (!other && other.error().kind == KdbxErrorKind::WrongKey)
        return fail(errorAt(ErrorKind::LibraryKeyChanged, m_path));
    if (!other)
        return fail(libraryError(other.error(), m_path));
    next.database.header = other->header;
    return mergeKdbx(next.database, std::move(*other));
}

Result<KdbxMerge> LibraryFile::change(const Change &change, Merging merging)
{
    if (const auto may = mayWrite(); !may)
        return fail(may.error());
    for (int attempt = 1;; ++attempt) {
        const auto before = read();
        if (!before)
            return fail(before.error());
        const QByteArray digest = digestOf(*before);
        Content next = copyOfContent();
        KdbxMerge merge;
        const auto mergeOther = [&]() -> Result<void> {
            if (digest == m_digest)
                return {};
            const auto merged = mergeFile(next, *before);
            if (!merged)
                return fail(merged.error());
            merge = *merged;
            return {};
        };
        if (merging == Merging::BeforeTheChange) {
            if (const auto merged = mergeOther(); !merged)
                return fail(merged.error());
        }
        if (const auto changed = change(next); !changed)
            return fail(changed.error());
        if (merging == Merging::AfterTheChange) {
            if (const auto merged = mergeOther(); !merged)
                return fail(merged.error());
        }
        const auto bytes = encrypted(next);
        if (!bytes)
            return fail(bytes.error());

        bool wasChangedAgain = false;
        const auto keepBefore = [&]() -> Result<void> {
            const auto now = read();
            if (now && digestOf(*now) == digest)
                return keepAsOlderGeneration(m_path, libraryGenerations);
            wasChangedAgain = now.has_value();
            return fail(now ? errorAt(ErrorKind::FileNotWritable, m_path) : now.error());
        };
        const auto saved = replaceSecretFile(m_path, *bytes, keepBefore);
        if (!saved && wasChangedAgain && attempt < MostAttempts)
            continue;
        if (!saved)
            return fail(saved.error());
        noteSaved(std::move(next), *bytes);
        return merge;
    }
}

void LibraryFile::noteSaved(Content content, QByteArrayView bytes)
{
    m_content = std::move(content);
    m_digest = digestOf(bytes);
}

Result<KdbxMerge> LibraryFile::put(const LibraryEntry &entry, const QDateTime &now)
{
    return putAll({entry}, now);
}

Result<KdbxMerge> LibraryFile::putAll(const QList<LibraryEntry> &entries, const QDateTime &now)
{
    return change([&](Content &next) -> Result<void> {
        for (LibraryEntry changed : entries) {
            changed.changed = wholeSeconds(now);
            if (auto stored = findEntry(next.database, changed.id)) {
                stored->entry.keepInHistory(next.database.historyLimit());
                writeEntry(stored->entry, changed);
            } else {
                addEntry(next.database.rootGroup(), changed, changed.changed);
            }
        }
        return {};
    });
}

Result<KdbxMerge> LibraryFile::remove(const QUuid &id, const QDateTime &now)
{
    return change([&](Content &next) -> Result<void> {
        auto stored = findEntry(next.database, id);
        if (!stored)
            return {};
        if (!holdsOnlyCodes(stored->entry)) {
            stored->entry.keepInHistory(next.database.historyLimit());
            removeCodes(stored->entry);
            stored->entry.setDate(KdbxDate::Modified, now);
            return {};
        }
        stored->group.remove(id);
        next.database.recordDeleted(id, now);
        next.database.removeUnusedBinaries();
        return {};
    });
}

Result<KdbxMerge> LibraryFile::reload()
{
    if (m_access != LibraryAccess::Writable)
        findAccess();
    const auto bytes = read();
    if (!bytes)
        return fail(bytes.error());
    if (digestOf(*bytes) == m_digest)
        return KdbxMerge();
    Content next = copyOfContent();
    const auto merge = mergeFile(next, *bytes);
    if (!merge)
        return merge;
    const auto read = openKdbxWith(*bytes, next.derivedKey);
    if (m_access == LibraryAccess::Writable && read && read->root != next.database.root)
        return change([](Content &) { return Result<void>(); });
    noteSaved(std::move(next), *bytes);
    return merge;
}

Result<KdbxMerge> LibraryFile::changeKey(const LibraryKey &before, const LibraryKey &after,
                                         const VariantDictionary &kdf)
{
    if (const auto may = mayWrite(); !may)
        return fail(may.error());
    const auto proven = provesKey(before);
    if (!proven)
        return fail(proven.error());
    if (!*proven)
        return fail(errorAt(ErrorKind::LibraryKeyWrong, m_path));
    // Another program may have saved the file with the key before.
    const auto useNewKey = [&](Content &next) -> Result<void> {
        auto composite = compositeKey(after);
        if (!composite)
            return fail(libraryError(composite.error(), m_path));
        next.key = std::move(*composite);
        next.database.header.kdf = kdf;
        if (const auto renewed = renewSalt(next.database.header.kdf); !renewed)
            return fail(libraryError(renewed.error(), m_path));
        auto derivedKey = deriveKdbxKey(next.database.header.kdf, next.key);
        if (!derivedKey)
            return fail(libraryError(derivedKey.error(), m_path));
        next.derivedKey = std::move(*derivedKey);
        next.database.meta().setChildText(u"MasterKeyChanged"_s,
                                          kdbxText(QDateTime::currentDateTimeUtc()));
        return {};
    };
    return change(useNewKey, Merging::BeforeTheChange);
}

Result<QStringList> LibraryFile::moveTo(const QString &path)
{
    if (const auto may = mayWrite(); !may)
        return fail(may.error());
    const QString target = QFileInfo(path).absoluteFilePath();
    if (target == m_path)
        return QStringList();
    const QStringList taken = olderGenerations(target, libraryGenerations);
    if (!taken.isEmpty())
        return fail(errorAt(ErrorKind::FileExists, taken.first()));
    auto locked = FileLock::tryLock(target);
    if (locked.outcome == FileLock::Outcome::HeldByOther)
        return fail(errorAt(ErrorKind::LibraryInUse, target));
    if (dataFileExists(m_path)) {
        if (const auto moved = moveSecretFile(m_path, target, KdbxLimits().file); !moved)
            return fail(moved.error());
    } else {
        const auto bytes = encrypted(m_content);
        if (!bytes)
            return fail(bytes.error());
        if (const auto written = writeSecretFile(target, *bytes, ExistingFile::Keep); !written)
            return fail(written.error());
        m_digest = digestOf(*bytes);
    }
    QStringList left = moveOlderGenerations(m_path, target, libraryGenerations);
    m_path = target;
    m_lock = std::move(locked.lock);
    return left;
}

Result<bool> LibraryFile::provesKey(const LibraryKey &key) const
{
    const auto composite = compositeKey(key);
    if (!composite)
        return fail(libraryError(composite.error(), m_path));
    if (composite->isEmpty())
        return false;
    const auto derivedKey = deriveKdbxKey(m_content.database.header.kdf, *composite);
    if (!derivedKey)
        return fail(libraryError(derivedKey.error(), m_path));
    return derivedKey->equals(m_content.derivedKey.view());
}

} // namespace Sparekey
