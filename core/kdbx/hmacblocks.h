// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sparekey {

/// The key of all HMACs of a file, 64 bytes. Throws `CryptoFailure`, as all functions here.
/// Source: keepass.info, "KDBX 4", HMAC-SHA-256 blocks.
[[nodiscard]] SecureBuffer hmacKeyOf(QByteArrayView masterSeed, const SecureBuffer &derivedKey);

/// The HMAC that follows the header and its checksum. It matches only with the right key.
[[nodiscard]] SecureBuffer headerHmac(QByteArrayView headerOctets, const SecureBuffer &hmacKey);

/// The content of the blocks, each checked, up to the empty block that ends them. Anything after
/// that is ignored, as in other programs. `Damaged` if a block is cut off, was changed or is out of
/// order.
[[nodiscard]] KdbxResult<QByteArray> readHmacBlocks(QByteArrayView blocks,
                                                    const SecureBuffer &hmacKey);

/// Cuts `content` into blocks of `blockSize` bytes; KeePass writes 1 MiB.
[[nodiscard]] QByteArray hmacBlocks(QByteArrayView content, const SecureBuffer &hmacKey,
                                    qsizetype blockSize = qsizetype{1024} * 1024);

} // namespace Sparekey
