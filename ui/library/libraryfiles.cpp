// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/libraryfiles.h"

#include "core/files/datafile.h"
#include "core/files/enteredpath.h"
#include "core/files/secretfile.h"

#include <QCoroFuture>

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtConcurrent>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// A key file may be any file, such as a picture.
constexpr qsizetype largestKeyFile = 32 * 1024 * 1024;

using Reading = std::shared_ptr<Result<SecureBuffer>>;

Reading readNow(const QString &path, qsizetype largest)
{
    auto bytes = readDataFile(path, largest);
    if (!bytes)
        return std::make_shared<Result<SecureBuffer>>(fail(bytes.error()));
    if (bytes->isEmpty()) {
        return std::make_shared<Result<SecureBuffer>>(
            fail(Error{.kind = ErrorKind::FileNotReadable, .subject = ForeignText::path(path)}));
    }
    auto read = std::make_shared<Result<SecureBuffer>>(SecureBuffer::copyOf(*bytes));
    wipe(*bytes);
    return read;
}

} // namespace

QString suggestedLibraryPath()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    QString path = folder.filePath(u"recovery-codes.kdbx"_s);
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = folder.filePath(u"recovery-codes-%1.kdbx"_s.arg(i));
    return path;
}

QString libraryPath(const QString &path)
{
    const QString full = enteredPath(path, QDir::homePath());
    if (full.isEmpty() || full.endsWith(u".kdbx", Qt::CaseInsensitive))
        return full;
    return full + u".kdbx"_s;
}

QString shownFolder(const QString &path)
{
    const QString folder = QFileInfo(path).path();
    const QString home = QDir::homePath();
    if (folder == home || folder.startsWith(home + u'/'))
        return u'~' + folder.sliced(home.size());
    return folder;
}

QCoro::Task<Result<SecureBuffer>> readChosenFile(QString path, qsizetype largest)
{
    QFuture<Reading> running = QtConcurrent::run(readNow, path, largest);
    const Reading read = co_await running;
    co_return std::move(*read);
}

QCoro::Task<Result<LibraryKey>> readLibraryKey(SecureBuffer passphrase, QString keyFile)
{
    LibraryKey key{.passphrase = std::move(passphrase), .keyFile = {}};
    if (!keyFile.trimmed().isEmpty()) {
        auto content = co_await readChosenFile(enteredPath(keyFile, QDir::homePath()),
                                               largestKeyFile);
        if (!content)
            co_return fail(content.error());
        key.keyFile = std::move(*content);
    }
    co_return std::move(key);
}

QCoro::Task<Result<SecureBuffer>> makeKeyFile(QString path)
{
    auto content = newLibraryKeyFile();
    if (!content)
        co_return fail(content.error());
    const auto saved = co_await saveSecretFile(enteredPath(path, QDir::homePath()),
                                               content->clone(), ExistingFile::Keep);
    if (!saved)
        co_return fail(saved.error());
    co_return std::move(*content);
}

} // namespace Sparekey
