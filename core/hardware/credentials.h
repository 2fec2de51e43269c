// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Sparekey {

/// Whether a key shall make sure who holds it, by PIN or fingerprint (WebAuthn Level 2, 5.8.6).
enum class UserVerification {
    Discouraged, ///< Only if the key will not work without it.
    Preferred,   ///< If the key has a PIN or a fingerprint.
    Required,
};

/// Signature algorithms by their COSE numbers (RFC 8152, RFC 8812), as far as keys know them.
enum class CoseAlgorithm {
    Es256 = -7,
    EdDsa = -8,
    Es384 = -35,
    Rs256 = -257,
};

/// What the signatures of a credential verify with, in the form in which libfido2 keeps keys of the
/// algorithm (fido_cred_pubkey_ptr).
struct CredentialPublicKey
{
    int algorithm = 0; ///< COSE number.
    QByteArray bytes;

    /// Of an algorithm that is known here, and as long as its keys are (fido/types.h). Whether it
    /// is a point on the curve is only found out where something is verified with it.
    [[nodiscard]] bool isWellFormed() const;
    bool operator==(const CredentialPublicKey &) const = default;
};

/// A credential that is known to be on some key.
struct KnownCredential
{
    QString rpId;
    QByteArray id;
    /// As the key gave it when it made the credential. Nothing if that is not known: then no key
    /// can prove that it holds the credential.
    std::optional<CredentialPublicKey> publicKey = {};

    bool operator==(const KnownCredential &) const = default;
};

/// Which of the credentials that a key was asked for it holds, by their ids.
struct HeldCredentials
{
    /// The key signed with them what it could not foresee, and the signatures verify.
    QList<QByteArray> proven;
    /// The key says so, which any device can: what has no public key, and all of a key that speaks
    /// U2F alone. Without a touch that answers only whether it knows the credential, and signs
    /// nothing (FIDO U2F Raw Message Formats 1.2, 5.1, "check-only"). Good for a hint to a person;
    /// nothing may be joined, noted or deleted for it.
    QList<QByteArray> claimed;
    /// The key told only with its PIN.
    bool byPin = false;

    bool operator==(const HeldCredentials &) const = default;
};

/// What a key needs to make a credential: authenticatorMakeCredential (CTAP 2.1, 6.1). Free of
/// secrets; a PIN travels beside it.
struct MakeCredentialRequest
{
    /// The exact bytes that the server will see; the key signs their SHA-256.
    QByteArray clientDataJson;
    QString rpId;
    QString rpName;
    QByteArray userId;
    QString userName;
    QString userDisplayName;
    /// What the server takes, best first, COSE numbers; the first that the key knows is used.
    /// Unknown numbers are skipped.
    QList<int> algorithms;
    /// Credential ids. If the key holds one of them, it makes no second. Any number: longer lists
    /// than the key takes are split.
    QList<QByteArray> excludeCredentials = {};
    /// Some of them may have been registered with U2F, for this AppID in place of `rpId` (WebAuthn
    /// Level 2, 10.2 appidExclude). Empty: none.
    QString excludeAppId = {};
    /// Keep it in the key, so that it can be found without its id.
    bool discoverable = false;
    UserVerification userVerification = UserVerification::Discouraged;
    /// Asked for once the credential is made, by the same tap: tells which key it is.
    QList<KnownCredential> recognize = {};
};

/// Of what a key tells of its transports (CTAP 2.1, 6.4, getInfo 0x09), the names that WebAuthn
/// knows (Level 3, 5.8.4), each once and in lexicographical order (5.2.1.1, getTransports).
[[nodiscard]] QStringList standardTransports(const QStringList &told);

/// The new credential. Its signature over `clientDataJson` has been verified with the public key
/// (self attestation) or certificate in it, unless `format` is none.
struct MakeCredentialReply
{
    QString format;                  ///< "packed", "fido-u2f" or "none" (WebAuthn, 8).
    QByteArray attestationStatement; ///< One CBOR map, `A0` for none.
    QByteArray authenticatorData;    ///< WebAuthn, 6.1; bare, without the head of a CBOR string.
    QByteArray credentialId;
    CredentialPublicKey publicKey = {};
    /// How the key can be reached, as `standardTransports` gives it; empty if the key does not
    /// tell.
    QStringList transports;
    bool userVerified = false;
    /// Which of those to be recognized the key holds; none if it did not tell.
    HeldCredentials recognized = {};
};

/// What a key needs to sign in: authenticatorGetAssertion (CTAP 2.1, 6.2).
struct GetAssertionRequest
{
    QByteArray clientDataJson; ///< As above.
    QString rpId;
    /// For credentials that were registered with U2F (WebAuthn, 10.1 appid): tried where the key
    /// knows none for `rpId`. Empty: not wanted.
    QString appId = {};
    /// Credential ids, any number. Empty: whatever the key itself keeps for `rpId`.
    QList<QByteArray> allowCredentials;
    UserVerification userVerification = UserVerification::Discouraged;
    /// If given, the answer's signature over `clientDataJson` is verified with it, and an answer
    /// that does not verify is `KeyAnswerInvalid`. Else that is for the server to do.
    std::optional<CredentialPublicKey> verifyWith = {};
};

/// What a key answers when it signs in (CTAP 2.1, 6.2.3).
struct GetAssertionReply
{
    QByteArray credentialId;
    QByteArray authenticatorData; ///< Bare, as above.
    QByteArray signature;         ///< DER for ECDSA, as the key gave it.
    QByteArray userHandle;        ///< Empty if the key told none.
    bool usedAppId = false;       ///< Signed for `appId`, not for `rpId`.
    bool userVerified = false;
};

} // namespace Sparekey
