// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/passphrase/passphrasestrength.h"

#include <algorithm>
#include <cmath>
#include <zxcvbn.h>

namespace Sparekey {

PassphraseStrength estimateStrength(const SecureBuffer &passphrase)
{
    // The time grows with the square of the length.
    constexpr qsizetype longest = 100;
    SecureBuffer text = SecureBuffer::copyOf(
        passphrase.view().first(std::min(longest, passphrase.size())));
    text.append(QByteArrayView("\0", 1));
    const double bits = ZxcvbnMatch(reinterpret_cast<const char *>(text.data()), nullptr, nullptr);
    PassphraseStrength strength{.guesses = bits * std::log10(2.0), .score = 0};
    for (const double limit : {3.0, 6.0, 8.0, 10.0})
        strength.score += strength.guesses >= limit ? 1 : 0;
    return strength;
}

} // namespace Sparekey
