// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a KDBX file says in the open: it is read, or refused; what was read can be written and read
// again, and asks for no more than the limits admit.

#include "core/kdbx/digests.h"
#include "core/kdbx/kdbxheader.h"
#include "core/kdbx/kdbxkdf.h"

#include <cstdint>
#include <cstdlib>

using namespace Sparekey;

namespace {

// The fuzzer cannot guess a checksum.
QByteArray withChecksum(QByteArrayView header)
{
    return header.toByteArray() + sha256({header}).view().toByteArray() + QByteArray(32, '\0');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView octets(data, qsizetype(size));
    (void)readOuterHeader(octets, {});
    const auto file = withChecksum(octets);
    const auto parts = readOuterHeader(file, {});
    if (!parts)
        return 0;
    const auto again = readOuterHeader(withChecksum(outerHeaderOctets(parts->header)), {});
    if (!again || again->header != parts->header)
        std::abort();
    (void)VariantDictionary::fromOctets(parts->header.publicCustomData);
    const KdbxLimits limits;
    const auto kdf = kdfFrom(parts->header.kdf, limits);
    if (kdf && (kdf->memory > limits.kdfMemory || kdf->iterations > limits.aesRounds * 16))
        std::abort();
    return 0;
}
