// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/movelibraryviewmodel.h"

#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <utility>

namespace Sparekey {

MoveLibraryViewModel::MoveLibraryViewModel(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

void MoveLibraryViewModel::begin()
{
    close();
    m_open = true;
    Q_EMIT changed();
}

void MoveLibraryViewModel::close()
{
    m_open = false;
    m_pathErrorText.clear();
    m_errorText.clear();
    Q_EMIT changed();
}

void MoveLibraryViewModel::move(const QString &path)
{
    if (!m_open || m_busy)
        return;
    m_pathErrorText.clear();
    m_errorText.clear();
    const QString to = libraryPath(path);
    if (to.isEmpty())
        m_pathErrorText = tr("Enter a file name.");
    else
        run(to);
    Q_EMIT changed();
}

QCoro::Task<void> MoveLibraryViewModel::run(QString to)
{
    const auto ticket = m_tasks.ticket();
    const QString from = path();
    m_busy = true;
    const auto left = co_await m_library.moveTo(to);
    if (!ticket.ownerExists())
        co_return;
    m_busy = false;
    // Also if the library was locked meanwhile: the file has moved.
    if (left) {
        close();
        Q_EMIT moved(from, to, static_cast<int>(left->size()));
        co_return;
    }
    const ErrorKind kind = left.error().kind;
    const bool isOfThePath = kind == ErrorKind::FileExists || kind == ErrorKind::FolderMissing
        || kind == ErrorKind::FolderReadOnly || kind == ErrorKind::DiskFull;
    (isOfThePath ? m_pathErrorText : m_errorText) = userMessage(left.error());
    Q_EMIT changed();
}

} // namespace Sparekey
