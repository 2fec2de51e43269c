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

/// That the user knows the master password, or reads the email of an account that has none, in
/// every form in which a server may want it. Made when the settings of one provider are opened, and
/// kept until they are closed.
struct Proof
{
    using Clock = BootClock;

    /// How long one is good. Servers take a token for 30 minutes; asking again a little before
    /// is kinder than their refusal in the middle of a save.
    static constexpr std::chrono::minutes Lifetime{25};

    SecureBuffer passwordHash = {};
    /// Instead of the hash: the code that was mailed (`requestVerificationCode`). The first change
    /// uses it up, and on some servers so does reading, which then gives a token for the change.
    SecureBuffer mailedCode = {};
    /// Where it is noted what becomes of the code, and which mail it is from; null with a hash.
    std::shared_ptr<MailedCode> mails = {};
    quint64 mail = 0;
    /// `userVerificationToken`: bound to one provider. Empty if the server gave none. Another look
    /// with the same hash may bring another one (`ProviderApi`).
    mutable SecureBuffer token = {};
    Clock::time_point obtained = Clock::now();

    /// Tokens grow old; without one, a mailed code is good once and until the next one is mailed,
    /// and a hash is checked each time.
    [[nodiscard]] bool isExpired(Clock::time_point now = Clock::now()) const;
    /// The mailed code was used up, or voided by the next mail.
    [[nodiscard]] bool isCodeSpent() const;
    /// Any authenticator key that the server has handed out can be turned on. With a token only the
    /// one that came with it.
    [[nodiscard]] bool takesEarlierKeys() const { return token.isEmpty(); }
    /// The server may forget the email address in use as soon as a code is sent to another one.
    /// Those with tokens keep it. Of the others some do; they cannot be told apart.
    [[nodiscard]] bool mayDropAddress() const { return token.isEmpty(); }
    /// The server's list of methods has all of them. Vaultwarden, which gives no tokens, leaves out
    /// what is on but cannot be used with the settings that it has now
    /// (`is_twofactor_provider_usable`); an authenticator always can.
    [[nodiscard]] bool listsAlways(ProviderType type) const
    {
        return type == ProviderType::Authenticator || !token.isEmpty();
    }
    void noteUsed() const;
    /// Why a request with it failed.
    void noteFailure(const Error &error) const;

    /// Starts the body of a request that reads: without the token, which may be another provider's.
    [[nodiscard]] SecretJson readingBody() const;
    /// Starts the body of a request that changes nothing yet, with everything that proves.
    [[nodiscard]] SecretJson askingBody() const;
    /// Starts the body of a change with everything that proves, and notes that it is used. Servers
    /// take what they know and ignore the rest: `masterPasswordHash` (all but the newest writes),
    /// `secret` (the same, by the name that one documented generation uses),
    /// `userVerificationToken`. A mailed code goes as `otp` and without the other two, which some
    /// servers refuse beside it.
    [[nodiscard]] SecretJson body() const;
};

/// Shared by the dialog and its requests; whoever is last wipes it.
using SharedProof = std::shared_ptr<const Proof>;

/// Of the master password, or of the mailed code where the account has no master password. Nothing
/// is sent yet.
[[nodiscard]] QCoro::Task<Result<SharedProof>> prove(std::shared_ptr<Session> session,
                                                     SecureBuffer secret);

} // namespace Sparekey
