// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/unfinishedsaves.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr QByteArrayView suffix(".part");
constexpr qsizetype randomDigits = 16;

QString &notesFolder()
{
    static QString folder;
    return folder;
}

bool isUnfinishedName(QByteArrayView name)
{
    if (name.size() != 1 + randomDigits + suffix.size() || name.front() != '.'
        || !name.endsWith(suffix))
        return false;
    const QByteArrayView digits = name.sliced(1, randomDigits);
    return std::all_of(digits.begin(), digits.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

QByteArray targetOf(const QByteArray &link)
{
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlink(link.constData(), target.data(), target.size());
    return size > 0 ? QByteArray(target.data(), size) : QByteArray();
}

// @return whether the note is no longer needed
bool removeFile(const QByteArray &file)
{
    const qsizetype slash = file.lastIndexOf('/');
    if (!file.startsWith('/') || !isUnfinishedName(QByteArrayView(file).sliced(slash + 1)))
        return true; // not one of ours
    const int fd = ::open(file.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        const QByteArray folder = file.first(std::max<qsizetype>(slash, 1));
        return errno == ENOENT && ::access(folder.constData(), F_OK) == 0;
    }
    struct stat status;
    bool done = true;
    if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid()) {
        const bool beingWritten = ::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        done = !beingWritten && ::unlink(file.constData()) == 0;
    }
    ::close(fd);
    return done;
}

} // namespace

void setUnfinishedSavesFolder(const QString &folder)
{
    notesFolder() = folder;
}

void removeUnfinishedSaves()
{
    if (notesFolder().isEmpty())
        return;
    const QDir folder(notesFolder());
    // `QDir::System` includes links whose target is gone.
    const QStringList names = folder.entryList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QString &name : names) {
        const QByteArray note = QFile::encodeName(folder.filePath(name));
        const QByteArray file = targetOf(note);
        if (!file.isEmpty() && removeFile(file))
            ::unlink(note.constData());
    }
}

QByteArray unfinishedName(QByteArrayView random)
{
    return "." + random.toByteArray().toHex().left(randomDigits) + suffix.toByteArray();
}

UnfinishedSave::UnfinishedSave(const QByteArray &file)
{
    if (notesFolder().isEmpty() || !QDir().mkpath(notesFolder()))
        return;
    const QByteArray name = file.sliced(file.lastIndexOf('/') + 2, randomDigits);
    const QByteArray note = QFile::encodeName(notesFolder()) + '/' + name;
    if (::symlink(file.constData(), note.constData()) == 0)
        m_note = note;
}

UnfinishedSave::~UnfinishedSave()
{
    if (!m_note.isEmpty())
        ::unlink(m_note.constData());
}

} // namespace Sparekey
