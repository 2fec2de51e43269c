// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/changekeyviewmodel.h"

#include "ui/library/libraryfiles.h"
#include "ui/messages/usermessage.h"

#include <memory>
#include <utility>

namespace Sparekey {

ChangeKeyViewModel::ChangeKeyViewModel(Library &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
}

ChangeKeyViewModel::~ChangeKeyViewModel() = default;

QString ChangeKeyViewModel::olderVersionsText() const
{
    return tr("%n older versions of the file lie beside it. They still open with the old "
              "passphrase and key file.",
              nullptr, m_olderVersions);
}

void ChangeKeyViewModel::begin()
{
    close();
    m_stage = Stage::Ask;
    m_passphrase.makeWords();
    Q_EMIT changed();
}

void ChangeKeyViewModel::close()
{
    m_tasks.cancel();
    m_passphrase.clear();
    clearErrors();
    m_stage = Stage::Closed;
    m_busy = false;
    m_olderVersions = 0;
    Q_EMIT changed();
}

void ChangeKeyViewModel::change(SecretEntry *passphrase, const QString &keyFile,
                                NewPassphrase choice, SecretEntry *own, SecretEntry *repeated,
                                NewKeyFile keyFileChoice, const QString &newKeyFile)
{
    if (m_stage != Stage::Ask || m_busy)
        return;
    clearErrors();
    const auto wish = std::make_shared<Wish>();
    wish->passphrase = choice;
    wish->keyFile = keyFileChoice;
    wish->keyFilePath = newKeyFile.trimmed();
    if (choice == NewPassphrase::Keep && keyFileChoice == NewKeyFile::KeepFile) {
        fail(m_errorText, tr("Choose a new passphrase or another key file."));
        return;
    }
    if (choice == NewPassphrase::Words) {
        wish->own = m_passphrase.words()->text().clone();
    } else if (choice == NewPassphrase::Own) {
        auto entered = m_passphrase.own(own, repeated);
        if (!entered)
            return;
        wish->own = std::move(*entered);
    }
    if ((keyFileChoice == NewKeyFile::Existing || keyFileChoice == NewKeyFile::Made)
        && wish->keyFilePath.isEmpty()) {
        fail(m_keyFileErrorText, tr("Enter a file name."));
        return;
    }
    SecureBuffer current = passphrase->take();
    if (current.isEmpty() && keyFile.trimmed().isEmpty()) {
        fail(m_currentErrorText, tr("Enter the passphrase."));
        return;
    }
    if (choice == NewPassphrase::Keep && current.isEmpty() && keyFileChoice == NewKeyFile::None) {
        fail(m_errorText, tr("A library needs a passphrase or a key file."));
        return;
    }
    run(std::move(current), keyFile, wish);
}

QCoro::Task<void> ChangeKeyViewModel::run(SecureBuffer current, QString keyFile,
                                          std::shared_ptr<Wish> wish)
{
    const auto ticket = m_tasks.renew();
    m_busy = true;
    Q_EMIT changed();
    auto before = co_await readLibraryKey(std::move(current), keyFile);
    if (!ticket)
        co_return;
    if (!before) {
        fail(m_currentErrorText, userMessage(before.error()));
        co_return;
    }
    LibraryKey after{.passphrase = wish->passphrase == NewPassphrase::Keep
                         ? before->passphrase.clone()
                         : std::move(wish->own),
                     .keyFile = {}};
    if (wish->keyFile == NewKeyFile::KeepFile) {
        after.keyFile = before->keyFile.clone();
    } else if (wish->keyFile == NewKeyFile::Existing) {
        auto chosen = co_await readLibraryKey({}, wish->keyFilePath);
        if (!ticket)
            co_return;
        if (!chosen) {
            fail(m_keyFileErrorText, userMessage(chosen.error()));
            co_return;
        }
        after.keyFile = std::move(chosen->keyFile);
    } else if (wish->keyFile == NewKeyFile::Made) {
        // No key file is made for somebody who cannot use it.
        const auto proven = co_await m_library.provesKey(before->clone());
        if (!ticket)
            co_return;
        if (proven && !*proven) {
            fail(m_currentErrorText, userMessage(Error{.kind = ErrorKind::LibraryKeyWrong}));
            co_return;
        }
        auto made = co_await makeKeyFile(wish->keyFilePath);
        if (!ticket)
            co_return;
        if (!made) {
            fail(m_keyFileErrorText, userMessage(made.error()));
            co_return;
        }
        after.keyFile = std::move(*made);
    }
    const auto done = co_await m_library.changeKey(std::move(*before), std::move(after));
    if (!ticket)
        co_return;
    if (!done) {
        switch (done.error().kind) {
        case ErrorKind::LibraryKeyWrong: fail(m_currentErrorText, userMessage(done.error())); break;
        case ErrorKind::LibraryKeyFileUnusable:
            fail(m_keyFileErrorText, userMessage(done.error()));
            break;
        default: fail(m_errorText, userMessage(done.error())); break;
        }
        co_return;
    }
    Q_EMIT keyChanged();
    const auto older = co_await m_library.olderVersions();
    if (!ticket)
        co_return;
    m_busy = false;
    m_passphrase.clear();
    m_olderVersions = static_cast<int>(older.size());
    m_stage = Stage::Changed;
    Q_EMIT changed();
}

void ChangeKeyViewModel::deleteOlderVersions()
{
    if (m_stage == Stage::Changed && !m_busy)
        removeOlder();
}

QCoro::Task<void> ChangeKeyViewModel::removeOlder()
{
    const auto ticket = m_tasks.renew();
    clearErrors();
    m_busy = true;
    Q_EMIT changed();
    const auto left = co_await m_library.removeOlderVersions();
    if (!ticket)
        co_return;
    m_busy = false;
    m_olderVersions = static_cast<int>(left.size());
    if (!left.isEmpty())
        m_errorText = tr("%n files could not be deleted.", nullptr, m_olderVersions);
    Q_EMIT changed();
}

void ChangeKeyViewModel::clearErrors()
{
    m_passphrase.clearError();
    m_currentErrorText.clear();
    m_keyFileErrorText.clear();
    m_errorText.clear();
}

void ChangeKeyViewModel::fail(QString &where, const QString &text)
{
    clearErrors();
    where = text;
    m_busy = false;
    Q_EMIT changed();
}

} // namespace Sparekey
