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

/// The content of an attachment. Entries refer to it by its place in the list.
struct KdbxBinary
{
    SecretBytes content = {};
    /// Whoever has it wants it protected in memory. The file encrypts it no differently.
    bool isProtected = false;

    bool operator==(const KdbxBinary &) const = default;
};

/// The inner header: what stands before the XML, encrypted. Source: keepass.info, "KDBX 4", Inner
/// header.
struct InnerHeader
{
    /// The key of the inner stream, which encrypts protected values within the XML; new with each
    /// save.
    SecureBuffer streamKey = {};
    QList<KdbxBinary> binaries = {};
    QList<KdbxHeaderField> otherFields = {};
};

/// Reads up to the end field, which leaves `reader` at the XML. `Damaged`; `UnknownInnerStream` for
/// Salsa20 too, which OpenSSL does not have and programs write into older formats only; `TooLarge`.
[[nodiscard]] KdbxResult<InnerHeader> readInnerHeader(OctetReader &reader,
                                                      const KdbxLimits &limits);

/// Appends the header to `output`.
void writeInnerHeader(const InnerHeader &header, SecureBuffer &output);

/// The inner stream, at its begin. Throws `CryptoFailure`.
[[nodiscard]] ChaCha20 innerStreamOf(const SecureBuffer &streamKey);

} // namespace Sparekey
