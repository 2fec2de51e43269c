// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>

namespace Sparekey {

/// gzip (RFC 1952) by zlib, whose own memory is wiped as well. Any thread.
///
/// Fails with `TooLarge` as soon as the output exceeds `limit` bytes, and with `Damaged` if the
/// input is not a gzip member, is cut off, fails its checksum or is followed by other bytes.
[[nodiscard]] KdbxResult<SecureBuffer> gunzip(QByteArrayView compressed, qsizetype limit);
/// Throws `std::bad_alloc`.
[[nodiscard]] SecureBuffer gzip(QByteArrayView plain);

} // namespace Sparekey
