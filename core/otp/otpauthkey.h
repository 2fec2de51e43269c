// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace Sparekey {

/// What makes the codes of an authenticator app change.
enum class OtpType {
    Totp, ///< by time (RFC 6238)
    Hotp, ///< by counter (RFC 4226)
};

/// The hash of the HMAC that a code is made with.
enum class OtpAlgorithm { Sha1, Sha256, Sha512 };

/// What an `otpauth://` URI says: all that an authenticator app needs to make codes. The format is
/// that of Google Authenticator ("Key Uri Format"); `encoder=steam` is KeePassXC's. Move-only,
/// because it holds the setup key. Any thread.
struct OtpauthKey
{
    /// Longer URIs and labels are not read.
    static constexpr qsizetype longestUri = 4096;
    static constexpr int mostDigits = 10;
    static constexpr int longestPeriod = 24 * 60 * 60;

    OtpType type = OtpType::Totp;
    QString issuer = {};   ///< The service; may be empty.
    QString account = {};  ///< Most often an email; may be empty.
    SecureBuffer key = {}; ///< Base32 in upper case, without padding (`isSetupKey`).
    OtpAlgorithm algorithm = OtpAlgorithm::Sha1;
    int digits = 6;
    int period = 30;    ///< In seconds; TOTP only.
    qint64 counter = 0; ///< HOTP only.
    bool steam = false; ///< Codes are the five letters that Steam uses.
};

/// Reads a URI. Tolerates lower case, spaces and padding in the key, as sites write them, and
/// ignores parameters that it does not know. Nothing if it is no such URI, or a value is
/// impossible.
[[nodiscard]] std::optional<OtpauthKey> otpauthKeyFrom(QByteArrayView uri);

/// A URI that every app reads: the issuer both in the label and as a parameter, and only those
/// parameters that differ from their defaults. Empty if `key.key` is not a setup key.
[[nodiscard]] SecureBuffer otpauthUri(const OtpauthKey &key);

/// A setup key as it is entered or shown: upper case, without spaces, hyphens and padding. Empty if
/// it is not a setup key then.
[[nodiscard]] SecureBuffer setupKeyFrom(QByteArrayView entered);

} // namespace Sparekey
