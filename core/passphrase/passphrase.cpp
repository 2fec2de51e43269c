// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/passphrase/passphrase.h"

#include "core/crypto/cryptolibraries.h"
#include "core/passphrase/wordlist.h"

#include <algorithm>

#include <cstring>

namespace Sparekey {

namespace {

// A number below `count`, each with the same probability: 16-bit values above the largest multiple
// of `count` are drawn again, because they would favor small results.
Result<std::size_t> randomBelow(std::size_t count)
{
    Q_ASSERT(count > 0 && count <= 65536);
    const std::size_t fair = 65536 - 65536 % count;
    for (;;) {
        unsigned char bytes[2];
        if (RAND_priv_bytes(bytes, sizeof bytes) != 1)
            return fail(ErrorKind::Cryptography);
        const std::size_t value = std::size_t(bytes[0]) << 8 | bytes[1];
        explicit_bzero(bytes, sizeof bytes);
        if (value < fair)
            return value % count;
    }
}

} // namespace

std::span<const QByteArrayView> passphraseWordList()
{
    return wordList;
}

Result<SecureBuffer> generatePassphrase()
{
    for (;;) {
        SecureBuffer phrase;
        for (int i = 0; i < passphraseWords; ++i) {
            const Result<std::size_t> index = randomBelow(wordList.size());
            if (!index)
                return fail(index.error());
            const qsizetype begin = phrase.size();
            phrase.append(wordList[*index]);
            phrase.data()[begin] = static_cast<unsigned char>(phrase.data()[begin] - 'a' + 'A');
        }
        if (phrase.size() <= widelyReadPassphraseBytes) // one in five is short enough
            return phrase;
    }
}

Result<void> checkOwnPassphrase(const SecureBuffer &passphrase)
{
    if (passphrase.size() > longestPassphraseBytes)
        return fail(ErrorKind::PassphraseTooLong);
    const QByteArrayView bytes = passphrase.view();
    const auto characters = std::count_if(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80; // the first byte of a character
    });
    if (characters < shortestPassphrase)
        return fail(ErrorKind::PassphraseTooShort);
    return {};
}

} // namespace Sparekey
