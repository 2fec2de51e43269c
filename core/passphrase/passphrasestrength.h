// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

namespace Sparekey {

/// How well a passphrase withstands guessing, by libzxcvbn, which knows common passwords, words,
/// names, dates and keyboard patterns.
struct PassphraseStrength
{
    /// The decadic logarithm of the number of guesses.
    double guesses = 0;
    /// 0 (less than 10³ guesses), 1 (10⁶), 2 (10⁸), 3 (10¹⁰) or 4: the scale of zxcvbn. With key
    /// derivation of a second for each guess, 3 is enough.
    int score = 0;
};

/// Takes milliseconds; only the first 100 bytes count. Any thread.
[[nodiscard]] PassphraseStrength estimateStrength(const SecureBuffer &passphrase);

} // namespace Sparekey
