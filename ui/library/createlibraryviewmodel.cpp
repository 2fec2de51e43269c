// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/createlibraryviewmodel.h"

#include "core/passphrase/passphrase.h"
#include "core/passphrase/passphrasestrength.h"
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

QString CreateLibraryViewModel::strengthText() const
{
    switch (m_strength) {
    case 0:
    case 1: return tr("Very weak: a computer guesses it soon.");
    case 2: return tr("Weak: add more words.");
    case 3: return tr("Good.");
    case 4: return tr("Strong.");
    default: return {};
    }
}

void CreateLibraryViewModel::begin()
{
    close();
    m_open = true;
    m_suggestedPath = suggestedLibraryPath();
    makeWords();
    Q_EMIT changed();
}

void CreateLibraryViewModel::close()
{
    m_tasks.cancel();
    m_words.clear();
    m_clipboard.clear();
    m_pathErrorText.clear();
    m_passphraseErrorText.clear();
    m_keyFileErrorText.clear();
    m_errorText.clear();
    m_strength = -1;
    m_open = false;
    m_busy = false;
    Q_EMIT strengthChanged();
    Q_EMIT changed();
}

void CreateLibraryViewModel::makeWords()
{
    auto words = generatePassphrase();
    if (words)
        m_words.set(std::move(*words));
    else
        fail(m_errorText, userMessage(words.error()));
}

void CreateLibraryViewModel::copyWords()
{
    if (!m_words.isEmpty())
        m_clipboard.copy(m_words.text());
}

void CreateLibraryViewModel::assess(SecretEntry *passphrase)
{
    const SecureBuffer entered = passphrase->copy();
    m_strength = entered.isEmpty() ? -1 : estimateStrength(entered).score;
    Q_EMIT strengthChanged();
}

void CreateLibraryViewModel::createWithWords(const QString &path, const QString &keyFile)
{
    if (m_open && !m_busy && !m_words.isEmpty())
        create(path, m_words.text().clone(), keyFile);
}

void CreateLibraryViewModel::createWithOwn(const QString &path, SecretEntry *passphrase,
                                           SecretEntry *repeated, const QString &keyFile)
{
    if (!m_open || m_busy)
        return;
    SecureBuffer entered = passphrase->copy();
    const SecureBuffer again = repeated->copy();
    if (const auto usable = checkOwnPassphrase(entered); !usable) {
        fail(m_passphraseErrorText, userMessage(usable.error()));
    } else if (!entered.equals(again.view())) {
        fail(m_passphraseErrorText, tr("The two passphrases are not the same."));
    } else {
        (void)passphrase->take();
        (void)repeated->take();
        create(path, std::move(entered), keyFile);
    }
}

QCoro::Task<void> CreateLibraryViewModel::create(QString path, SecureBuffer passphrase,
                                                 QString keyFile)
{
    const auto ticket = m_tasks.renew();
    m_pathErrorText.clear();
    m_passphraseErrorText.clear();
    m_keyFileErrorText.clear();
    m_errorText.clear();
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

void CreateLibraryViewModel::fail(QString &where, const QString &text)
{
    m_pathErrorText.clear();
    m_passphraseErrorText.clear();
    m_keyFileErrorText.clear();
    m_errorText.clear();
    where = text;
    Q_EMIT changed();
}

} // namespace Sparekey
