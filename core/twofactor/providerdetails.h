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

/// What a person enters for Duo. The secret is in locked memory. All are empty to use what the
/// administrator has set up (`DuoDetails::setUpForAll`); anywhere else that is no setting.
struct DuoSettings
{
    QString clientId;          ///< 20 letters and digits.
    SecureBuffer clientSecret; ///< 40 letters and digits.
    QString host;              ///< api-….duosecurity.com
};

/// `details` may come of `settings`: Duo is on, and what the server shows of the three values,
/// masked or not, fits them.
[[nodiscard]] bool isResultOf(const DuoDetails &details, const DuoSettings &settings);

/// What `get-yubikey` tells: the first twelve characters of each key's codes, its public id.
struct YubicoOtpDetails
{
    static constexpr int Slots = 5;
    using Keys = std::array<QString, Slots>;

    bool enabled = false;
    Keys keyIds;
    bool nfc = false;

    /// The same keys on the same lines, and on or off alike.
    [[nodiscard]] bool hasSameKeys(const YubicoOtpDetails &other) const;
    /// It is on with these keys, given as `ProviderApi::writeYubicoOtp` takes them, in any order.
    [[nodiscard]] bool isResultOf(const Keys &written, bool writtenNfc) const;
};

/// One of the keys that `get-webauthn` tells of.
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

    /// The same numbers in the same order, and on or off alike.
    [[nodiscard]] bool hasSameKeys(const PasskeyDetails &other) const;
    /// A key of this number and name is there. Servers give numbers out again, so that the number
    /// alone does not tell.
    [[nodiscard]] bool has(const Passkey &key) const;
    /// The key that `name` would be registered as: with the lowest number from 1 on that no other
    /// has. Official servers replace the key that has it already; before 2026.1 they knew 1 to 5
    /// only.
    [[nodiscard]] Passkey next(const QString &name) const;
};

// How the answers are read, apart from the way they came: flat, or nested under the provider's
// name; in any letter case. An answer that does not say whether the provider is on is
// `NotAnAccountServer`: it must not read as "off". A list of passkeys that is none is
// `ListNotReadable`: it must not read as "no keys". `ListAmbiguous` if two have one number, and
// `ListTooLong` (`count`) beyond all measure.
[[nodiscard]] Result<AuthenticatorDetails> authenticatorFrom(const HttpAnswer &answer);
[[nodiscard]] Result<EmailDetails> emailFrom(const HttpAnswer &answer);
[[nodiscard]] Result<DuoDetails> duoFrom(const HttpAnswer &answer);
[[nodiscard]] Result<YubicoOtpDetails> yubicoOtpFrom(const HttpAnswer &answer);
[[nodiscard]] Result<PasskeyDetails> passkeysFrom(const HttpAnswer &answer);

/// The `userVerificationToken` of a `get-…` answer; empty if the server gave none.
/// `AnswerTooLarge` if it is longer than any that servers make.
[[nodiscard]] Result<SecureBuffer> verificationTokenFrom(const HttpAnswer &answer);

} // namespace Sparekey
