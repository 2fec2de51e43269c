// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// Whether a key is to verify its user, by PIN or fingerprint (WebAuthn Level 2, 5.8.6).
enum class UserVerification {
    Discouraged, ///< Only if the key will not work without it.
    Preferred,   ///< If the key has a PIN or a fingerprint.
    Required,
};

/// Signature algorithms by their COSE numbers (RFC 8152, RFC 8812), those that keys support.
enum class CoseAlgorithm {
    Es256 = -7,
    EdDsa = -8,
    Es384 = -35,
    Rs256 = -257,
};

/// The public key of a credential, in libfido2's format for the algorithm (`fido_cred_pubkey_ptr`).
struct CredentialPublicKey
{
    int algorithm = 0; ///< COSE number.
    QByteArray bytes;

    /// The algorithm is supported, and the size is right for it (fido/types.h). Whether the key is
    /// a point on the curve shows only when a signature is verified with it.
    [[nodiscard]] bool isWellFormed() const;
    bool operator==(const CredentialPublicKey &) const = default;
};

/// A credential that is known to be on some key.
struct KnownCredential
{
    QString rpId;
    QByteArray id;
    /// As the key returned it when it made the credential. Nothing if it is not known; then no key
    /// can prove that it holds the credential.
    std::optional<CredentialPublicKey> publicKey = {};

    bool operator==(const KnownCredential &) const = default;
};

/// Ids of those requested credentials that a key holds.
struct HeldCredentials
{
    /// The key signed unpredictable bytes with them, and the signatures verify.
    QList<QByteArray> proven;
    /// The key only claims to hold them, which any device can do: credentials whose public key is
    /// not known, and all credentials of a key that supports only U2F. Without a touch such a key
    /// only says whether it knows the credential, and signs nothing (FIDO U2F Raw Message Formats
    /// 1.2, 5.1, "check-only"). Use this only as a hint to the user; never merge, store or delete
    /// anything because of it.
    QList<QByteArray> claimed;
    /// The key answered only with its PIN.
    bool byPin = false;

    bool operator==(const HeldCredentials &) const = default;
};

/// The parameters of authenticatorMakeCredential (CTAP 2.1, 6.1). Contains no secrets; a PIN is
/// passed separately.
struct MakeCredentialRequest
{
    /// The exact bytes that the server will see; the key signs their SHA-256.
    QByteArray clientDataJson;
    QString rpId;
    QString rpName;
    QByteArray userId;
    QString userName;
    QString userDisplayName;
    /// COSE numbers that the server accepts, best first. The first that the key supports is used.
    /// Unknown numbers are skipped.
    QList<int> algorithms;
    /// Credential ids. If the key holds one of them, it makes no new credential. Lists that are too
    /// long for the key are split.
    QList<QByteArray> excludeCredentials = {};
    /// Some of the excluded credentials may have been registered with U2F, for this AppID instead
    /// of `rpId` (WebAuthn Level 2, 10.2 appidExclude). Empty: none.
    QString excludeAppId = {};
    /// Store the credential on the key, so that it can be found without its id.
    bool discoverable = false;
    UserVerification userVerification = UserVerification::Discouraged;
    /// Looked for with the same tap, after the credential is made, to find out which key it is.
    QList<KnownCredential> recognize = {};
};

/// The transports that a key reports (CTAP 2.1, 6.4, getInfo 0x09), reduced to the names that
/// WebAuthn defines (Level 3, 5.8.4), without duplicates and in lexicographical order (5.2.1.1,
/// getTransports).
[[nodiscard]] QStringList standardTransports(const QStringList &reported);

/// The new credential. Its signature over `clientDataJson` has been verified with its public key
/// (self attestation) or certificate, unless `format` is none.
struct MakeCredentialReply
{
    QString format;                  ///< "packed", "fido-u2f" or "none" (WebAuthn, 8).
    QByteArray attestationStatement; ///< One CBOR map, `A0` for none.
    QByteArray authenticatorData;    ///< WebAuthn, 6.1; raw, not wrapped in a CBOR string.
    QByteArray credentialId;
    CredentialPublicKey publicKey = {};
    /// The key's transports, as `standardTransports` returns them; empty if the key reports none.
    QStringList transports;
    bool userVerified = false;
    /// The credentials of `recognize` that the key holds; empty if it did not answer.
    HeldCredentials recognized = {};
};

/// The parameters of authenticatorGetAssertion (CTAP 2.1, 6.2), for a sign-in.
struct GetAssertionRequest
{
    QByteArray clientDataJson; ///< As in `MakeCredentialRequest`.
    QString rpId;
    /// For credentials that were registered with U2F (WebAuthn, 10.1 appid): used if the key has no
    /// credential for `rpId`. Empty: not used.
    QString appId = {};
    /// Credential ids, any number. Empty: any discoverable credential for `rpId`.
    QList<QByteArray> allowCredentials;
    UserVerification userVerification = UserVerification::Discouraged;
    /// If set, the signature over `clientDataJson` is verified with this key, and a wrong signature
    /// is `KeyAnswerInvalid`. Otherwise only the server verifies it.
    std::optional<CredentialPublicKey> verifyWith = {};
};

/// A key's response at sign-in (CTAP 2.1, 6.2.3).
struct GetAssertionReply
{
    QByteArray credentialId;
    QByteArray authenticatorData; ///< Raw, as in `MakeCredentialReply`.
    QByteArray signature;         ///< DER for ECDSA, as the key gave it.
    QByteArray userHandle;        ///< Empty if the key gave none.
    bool usedAppId = false;       ///< Signed for `appId`, not for `rpId`.
    bool userVerified = false;
};

} // namespace Sparekey
