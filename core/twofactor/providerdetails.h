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

/// What `get-authenticator` returns.
struct AuthenticatorDetails
{
    bool enabled = false;
    SecureBuffer key; ///< Base32. While off: a new one at each call.
};

/// What `get-email` returns.
struct EmailDetails
{
    bool enabled = false;
    QString address; ///< Empty if there is none yet.
};

/// What `get-duo` returns. Servers mask the secret, some the other values too: only for display,
/// never to be written back.
struct DuoDetails
{
    bool enabled = false;
    QString clientId;
    QString maskedSecret;
    QString host;
    /// The administrator of a Vaultwarden server has set up Duo for all accounts. This account uses
    /// those values, or would if Duo were turned on without values of its own. The three above are
    /// empty then.
    bool setUpForAll = false;
};

/// What the user enters for Duo. The secret is in locked memory. All are empty to use what the
/// administrator has set up (`DuoDetails::setUpForAll`); otherwise empty values are not valid.
struct DuoSettings
{
    QString clientId;          ///< 20 letters and digits.
    SecureBuffer clientSecret; ///< 40 letters and digits.
    QString host;              ///< api-….duosecurity.com
};

/// `details` may be the result of `settings`: Duo is on, and what the server shows of the three
/// values, masked or not, fits them.
[[nodiscard]] bool isResultOf(const DuoDetails &details, const DuoSettings &settings);

/// What `get-yubikey` returns: the first twelve characters of each key's codes, its public id.
struct YubicoOtpDetails
{
    static constexpr int Slots = 5;
    using Keys = std::array<QString, Slots>;

    bool enabled = false;
    Keys keyIds;
    bool nfc = false;

    /// The same keys in the same slots, and the same on/off state.
    [[nodiscard]] bool hasSameKeys(const YubicoOtpDetails &other) const;
    /// The method is on with these keys, given as `ProviderApi::writeYubicoOtp` takes them, in any
    /// order.
    [[nodiscard]] bool isResultOf(const Keys &written, bool writtenNfc) const;
};

/// One of the keys that `get-webauthn` lists.
struct Passkey
{
    qint64 id = 0;
    QString name;
    bool migrated = false; ///< Migrated from U2F; some clients cannot use it.
};

/// What `get-webauthn` returns.
struct PasskeyDetails
{
    bool enabled = false;
    QList<Passkey> keys;

    /// The same ids in the same order, and the same on/off state.
    [[nodiscard]] bool hasSameKeys(const PasskeyDetails &other) const;
    /// A key with this id and name is listed. Servers reuse ids, so the id alone is not enough.
    [[nodiscard]] bool has(const Passkey &key) const;
    /// The key to register with `name`: it has the lowest unused id from 1 on. Official servers
    /// replace a key that has the same id; before 2026.1 they accepted only 1 to 5.
    [[nodiscard]] Passkey next(const QString &name) const;
};

// These functions parse the answers: flat, or nested under the provider's name; in any letter case.
// An answer that does not say whether the provider is on is `NotAnAccountServer`: it must not be
// read as "off". An unreadable list of passkeys is `ListNotReadable`: it must not be read as "no
// keys". `ListAmbiguous` if two keys have the same id, and `ListTooLong` (`count`) if there are far
// too many.
[[nodiscard]] Result<AuthenticatorDetails> authenticatorFrom(const HttpAnswer &answer);
[[nodiscard]] Result<EmailDetails> emailFrom(const HttpAnswer &answer);
[[nodiscard]] Result<DuoDetails> duoFrom(const HttpAnswer &answer);
[[nodiscard]] Result<YubicoOtpDetails> yubicoOtpFrom(const HttpAnswer &answer);
[[nodiscard]] Result<PasskeyDetails> passkeysFrom(const HttpAnswer &answer);

/// The `userVerificationToken` of a `get-…` answer; empty if the server gave none. `AnswerTooLarge`
/// if it is longer than any real one.
[[nodiscard]] Result<SecureBuffer> verificationTokenFrom(const HttpAnswer &answer);

} // namespace Sparekey
