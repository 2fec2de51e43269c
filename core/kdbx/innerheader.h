// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/ciphers.h"
#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/kdbxheader.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/kdbx/octets.h"
#include "core/kdbx/secretbytes.h"
#include "core/secret/securebuffer.h"

#include <QList>

namespace Sparekey {

/// The content of an attachment. Entries refer to it by its index in the list.
struct KdbxBinary
{
    SecretBytes content = {};
    /// Programs are to protect it in memory. The file encrypts it like any other.
    bool isProtected = false;

    bool operator==(const KdbxBinary &) const = default;
};

/// The inner header: the encrypted part before the XML. Source: keepass.info, "KDBX 4", Inner
/// header.
struct InnerHeader
{
    /// The key of the inner stream, which encrypts protected values within the XML; new with each
    /// save.
    SecureBuffer streamKey = {};
    QList<KdbxBinary> binaries = {};
    QList<KdbxHeaderField> otherFields = {};
};

/// Reads up to the end field, which leaves `reader` at the XML. Errors: `Damaged`, `TooLarge`,
/// `UnknownInnerStream`. The latter also for Salsa20, which OpenSSL does not have and which
/// programs write only into older formats.
[[nodiscard]] KdbxResult<InnerHeader> readInnerHeader(OctetReader &reader,
                                                      const KdbxLimits &limits);

/// Appends the header to `output`.
void writeInnerHeader(const InnerHeader &header, SecureBuffer &output);

/// The inner stream, at its beginning. Throws `CryptoFailure`.
[[nodiscard]] ChaCha20 innerStreamOf(const SecureBuffer &streamKey);

} // namespace Sparekey
