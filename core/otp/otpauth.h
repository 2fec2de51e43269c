// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QString>

namespace Sparekey {

/// Base32 (RFC 4648 §6) without lower case, as servers send setup keys; padding may follow.
/// Anything else could inject parameters into the URI.
[[nodiscard]] bool isSetupKey(QByteArrayView key);

/// What an authenticator app reads from the QR code
/// (`otpauth://totp/Bitwarden:<email>?secret=<key>&issuer=Bitwarden`: SHA-1, 6 digits, 30 s are its
/// defaults). Label and issuer are those of the official clients, so that apps replace an older
/// entry of the same account; without an email the label is the issuer alone. Empty if `key` is not
/// a setup key.
[[nodiscard]] SecureBuffer authenticatorUri(const QString &email, const SecureBuffer &key);

/// `key` in groups of four with single spaces, to be read and entered.
[[nodiscard]] SecureBuffer inGroupsOfFour(const SecureBuffer &key);

} // namespace Sparekey
