// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/createlibraryviewmodel.h"

#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <utility>

namespace Sparekey {

CreateLibraryViewModel::CreateLibraryViewModel(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

CreateLibraryViewModel::~CreateLibraryViewModel() = default;

void CreateLibraryViewModel::begin()
{
    close();
    m_open = true;
    m_suggestedPath = suggestedLibraryPath();
    m_passphrase.makeWords();
    Q_EMIT changed();
}

void CreateLibraryViewModel::close()
{
    m_tasks.cancel();
    m_passphrase.clear();
    clearErrors();
    m_open = false;
    m_busy = false;
    Q_EMIT changed();
}

void CreateLibraryViewModel::createWithWords(const QString &path, const QString &keyFile)
{
    if (m_open && !m_busy && !m_passphrase.words()->isEmpty())
        create(path, m_passphrase.words()->text().clone(), keyFile);
}

void CreateLibraryViewModel::createWithOwn(const QString &path, SecretEntry *passphrase,
                                           SecretEntry *repeated, const QString &keyFile)
{
    if (!m_open || m_busy)
        return;
    clearErrors();
    if (auto own = m_passphrase.own(passphrase, repeated))
        create(path, std::move(*own), keyFile);
    else
        Q_EMIT changed();
}

QCoro::Task<void> CreateLibraryViewModel::create(QString path, SecureBuffer passphrase,
                                                 QString keyFile)
{
    const auto ticket = m_tasks.renew();
    clearErrors();
    path = libraryPath(path);
    if (path.isEmpty()) {
        fail(m_pathErrorText, tr("Enter a file name."));
        co_return;
    }
    m_busy = true;
    Q_EMIT changed();
    auto key = co_await readLibraryKey(std::move(passphrase), keyFile);
    if (!ticket)
        co_return;
    if (!key) {
        m_busy = false;
        fail(m_keyFileErrorText, userMessage(key.error()));
        co_return;
    }
    const auto made = co_await m_library.create(path, std::move(*key));
    if (!ticket)
        co_return;
    if (made) {
        close();
        Q_EMIT created();
        co_return;
    }
    m_busy = false;
    const bool exists = made.error().kind == ErrorKind::FileExists;
    fail(exists ? m_pathErrorText : m_errorText, userMessage(made.error()));
}

void CreateLibraryViewModel::clearErrors()
{
    m_passphrase.clearError();
    m_pathErrorText.clear();
    m_keyFileErrorText.clear();
    m_errorText.clear();
}

void CreateLibraryViewModel::fail(QString &where, const QString &text)
{
    clearErrors();
    where = text;
    Q_EMIT changed();
}

} // namespace Sparekey
