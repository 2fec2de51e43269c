// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/secret/securebuffer.h"

#include <chrono>
#include <memory>

namespace Sparekey {

/// That the user knows the master password, in every form in which a server may want it. Made
/// when the settings of one provider are opened, and kept until they are closed.
struct Proof
{
    using Clock = std::chrono::steady_clock;

    /// How long one is good. Servers take a token for 30 minutes; asking again a little before
    /// is kinder than their refusal in the middle of a save.
    static constexpr std::chrono::minutes Lifetime{25};

    SecureBuffer passwordHash;
    /// `userVerificationToken`: bound to one provider. Empty if the server gave none.
    SecureBuffer token = {};
    Clock::time_point obtained = Clock::now();

    /// Only tokens grow old; servers without them check the hash each time.
    [[nodiscard]] bool isExpired(Clock::time_point now = Clock::now()) const;

    /// Starts the body of a request with everything that proves. Servers take what they know and
    /// ignore the rest: `masterPasswordHash` (all but the newest writes), `secret` (the same, by
    /// the name that one documented generation uses), `userVerificationToken`. Never `otp` beside
    /// them, which some servers refuse.
    [[nodiscard]] SecretJson body() const;
};

/// Shared by the dialog and its requests; whoever is last wipes it.
using SharedProof = std::shared_ptr<const Proof>;

} // namespace Sparekey
