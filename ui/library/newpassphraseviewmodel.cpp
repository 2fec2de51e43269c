// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/newpassphraseviewmodel.h"

#include "core/passphrase/passphrase.h"
#include "core/passphrase/passphrasestrength.h"
#include "ui/messages/usermessage.h"

#include <utility>

namespace Sparekey {

NewPassphraseViewModel::NewPassphraseViewModel(QObject *parent)
    : QObject(parent)
{
}

NewPassphraseViewModel::~NewPassphraseViewModel() = default;

QString NewPassphraseViewModel::strengthText() const
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

void NewPassphraseViewModel::makeWords()
{
    auto words = generatePassphrase();
    if (words)
        m_words.set(std::move(*words));
    else
        m_errorText = userMessage(words.error());
    Q_EMIT changed();
}

void NewPassphraseViewModel::copyWords()
{
    if (!m_words.isEmpty())
        m_clipboard.copy(m_words.text());
}

void NewPassphraseViewModel::assess(SecretEntry *passphrase)
{
    const SecureBuffer entered = passphrase->copy();
    m_strength = entered.isEmpty() ? -1 : estimateStrength(entered).score;
    Q_EMIT changed();
}

void NewPassphraseViewModel::clearError()
{
    m_errorText.clear();
    Q_EMIT changed();
}

void NewPassphraseViewModel::clear()
{
    m_words.clear();
    m_clipboard.clear();
    m_strength = -1;
    clearError();
}

std::optional<SecureBuffer> NewPassphraseViewModel::own(const SecretEntry *passphrase,
                                                        const SecretEntry *repeated)
{
    clearError();
    SecureBuffer entered = passphrase->copy();
    const SecureBuffer again = repeated->copy();
    if (const auto usable = checkOwnPassphrase(entered); !usable)
        m_errorText = userMessage(usable.error());
    else if (!entered.equals(again.view()))
        m_errorText = tr("The two passphrases are not the same.");
    if (!m_errorText.isEmpty()) {
        Q_EMIT changed();
        return {};
    }
    return entered;
}

} // namespace Sparekey
