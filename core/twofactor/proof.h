// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/api/client.h"
#include "core/api/provider.h"
#include "core/clock/bootclock.h"
#include "core/secret/securebuffer.h"

#include <chrono>
#include <memory>

namespace Sparekey {

/// Proves that the user knows the master password or, for an account that has none, reads its
/// email, in every form that a server may require. Made when the settings of one provider are
/// opened, and kept until they are closed.
struct Proof
{
    using Clock = BootClock;

    /// How long a proof is valid. Servers accept a token for 30 minutes; asking again a little
    /// earlier avoids a refusal in the middle of a save.
    static constexpr std::chrono::minutes Lifetime{25};

    SecureBuffer passwordHash = {};
    /// Instead of the hash: the code that was emailed (`requestVerificationCode`). The first change
    /// uses it up, and on some servers reading does so too, which then returns a token for the
    /// change.
    SecureBuffer emailedCode = {};
    /// Tracks what becomes of the code; null with a hash. `emailNumber` is the number of its email.
    std::shared_ptr<EmailedCode> emailedCodeState = {};
    quint64 emailNumber = 0;
    /// `userVerificationToken`: bound to one provider. Empty if the server gave none. Another look
    /// with the same hash may return another one (`ProviderApi`).
    mutable SecureBuffer token = {};
    Clock::time_point obtained = Clock::now();

    /// A token expires. Without one, an emailed code is valid once and until the next one is
    /// emailed, and a hash is checked each time.
    [[nodiscard]] bool isExpired(Clock::time_point now = Clock::now()) const;
    /// The emailed code was used up, or voided by the next email.
    [[nodiscard]] bool isCodeSpent() const;
    /// The server accepts any setup key that it has handed out. With a token it accepts only the
    /// one that came with the token.
    [[nodiscard]] bool acceptsEarlierKeys() const { return token.isEmpty(); }
    /// The server may forget the email address in use as soon as a code is sent to another one.
    /// Servers that give tokens keep it. Some of the others do too, but cannot be told apart.
    [[nodiscard]] bool mayDropAddress() const { return token.isEmpty(); }
    /// The server's list of methods always has this one, if it is on. Vaultwarden, which gives no
    /// tokens, leaves out methods that are on but cannot be used with its current settings
    /// (`is_twofactor_provider_usable`); an authenticator always can.
    [[nodiscard]] bool alwaysLists(ProviderType type) const
    {
        return type == ProviderType::Authenticator || !token.isEmpty();
    }
    void markUsed() const;
    /// `error`: why a request with this proof failed.
    void recordFailure(const Error &error) const;

    /// Starts the body of a request that reads: without the token, which may belong to another
    /// provider.
    [[nodiscard]] SecretJson readBody() const;
    /// Starts the body of a request that changes nothing yet, with all forms of the proof.
    [[nodiscard]] SecretJson requestBody() const;
    /// Starts the body of a change with all forms of the proof, and notes that it is used. Servers
    /// take the fields that they know and ignore the rest: `masterPasswordHash` (all but the newest
    /// writes), `secret` (the same hash, by the name that one documented generation uses),
    /// `userVerificationToken`. An emailed code is sent as `otp` and without the two hash fields,
    /// which some servers refuse beside it.
    [[nodiscard]] SecretJson changeBody() const;
};

/// Shared by the dialog and its requests; the last owner wipes it.
using SharedProof = std::shared_ptr<const Proof>;

/// Makes the proof from the master password, or from the emailed code if the account has no master
/// password. Nothing is sent yet.
[[nodiscard]] QCoro::Task<Result<SharedProof>> prove(std::shared_ptr<Session> session,
                                                     SecureBuffer secret);

} // namespace Sparekey
