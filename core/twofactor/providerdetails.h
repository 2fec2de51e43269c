// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"
#include "core/json/jsonfields.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QString>

#include <array>

namespace Sparekey {

/// What `get-authenticator` tells.
struct AuthenticatorDetails
{
    bool enabled = false;
    SecureBuffer key; ///< Base32. While off: a new one at each call.
};

/// What `get-email` tells.
struct EmailDetails
{
    bool enabled = false;
    QString address; ///< Empty if there is none yet.
};

/// What `get-duo` tells. Servers mask the secret, some the rest too: for the eye only, never to
/// be written back.
struct DuoDetails
{
    bool enabled = false;
    QString clientId;
    QString maskedSecret;
    QString host;
    /// The administrator of a Vaultwarden has set up Duo for all accounts: this one uses that, or
    /// would if it were turned on without values of its own. The three above are empty then.
    bool setUpForAll = false;
};

/// What `get-yubikey` tells: the first twelve characters of each key's codes, its public id.
struct YubicoOtpDetails
{
    static constexpr int Slots = 5;

    bool enabled = false;
    std::array<QString, Slots> keyIds;
    bool nfc = false;
};

/// A passkey that is registered with the account.
struct Passkey
{
    qint64 id = 0;
    QString name;
    bool migrated = false; ///< From the time of U2F; some clients cannot use it.
};

/// What `get-webauthn` tells.
struct PasskeyDetails
{
    bool enabled = false;
    QList<Passkey> keys;
};

// How the answers are read, apart from the way they came: flat, or nested under the provider's
// name; in any letter case. An answer that does not say whether the provider is on is
// `NotAnAccountServer`: it must not read as "off".
[[nodiscard]] Result<AuthenticatorDetails> authenticatorFrom(const HttpAnswer &answer);
[[nodiscard]] Result<EmailDetails> emailFrom(const HttpAnswer &answer);
[[nodiscard]] Result<DuoDetails> duoFrom(const HttpAnswer &answer);
[[nodiscard]] Result<YubicoOtpDetails> yubicoOtpFrom(const HttpAnswer &answer);
[[nodiscard]] Result<PasskeyDetails> passkeysFrom(const HttpAnswer &answer);

/// The `userVerificationToken` of a `get-…` answer; empty if the server gave none.
[[nodiscard]] SecureBuffer verificationTokenFrom(const HttpAnswer &answer);

/// Why a `get-…` was refused: as `writeErrorFrom`, but a plain 400, or one about the proof, is
/// `WrongSecret`.
[[nodiscard]] Error readErrorFrom(const HttpAnswer &answer);

/// Why a change was refused: `ProofExpired`, `WrongCode` (with the name of the refused field of
/// an official server as `subject`), `PremiumNeeded`, `YubicoNotSetUp`, `MailNotSetUp`,
/// `SiteHasNoName` (the server's own address is no name that keys work with), or what `errorFrom`
/// says.
[[nodiscard]] Error writeErrorFrom(const HttpAnswer &answer);

} // namespace Sparekey
