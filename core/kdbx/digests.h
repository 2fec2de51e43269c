// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArrayView>

#include <initializer_list>

namespace Sparekey {

/// SHA-256, SHA-512 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104) of the concatenated parts. The results
/// are treated as secrets, because KDBX derives its keys with them. Any thread. Throw
/// `CryptoFailure`.
[[nodiscard]] SecureBuffer sha256(std::initializer_list<QByteArrayView> parts);
[[nodiscard]] SecureBuffer sha512(std::initializer_list<QByteArrayView> parts);
[[nodiscard]] SecureBuffer hmacSha256(QByteArrayView key,
                                      std::initializer_list<QByteArrayView> parts);

} // namespace Sparekey
