// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The XML within a KDBX file: what was read is the same after it was written and read again.

#include "core/kdbx/innerheader.h"
#include "core/kdbx/kdbxxml.h"
#include "core/kdbx/keyfile.h"

#include <cstdint>
#include <cstdlib>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView octets(data, qsizetype(size));
    const KdbxLimits limits;
    const auto streamKey = SecureBuffer::copyOf("key of the fuzzer");
    (void)keyFromKeyFile(SecureBuffer::copyOf(octets));
    ChaCha20 reading = innerStreamOf(streamKey);
    const auto tree = readXml(octets, &reading, limits);
    if (!tree)
        return 0;
    SecureBuffer written;
    ChaCha20 writing = innerStreamOf(streamKey);
    if (!writeXml(*tree, writing, written))
        std::abort();
    ChaCha20 readingAgain = innerStreamOf(streamKey);
    const auto again = readXml(written.view(), &readingAgain, limits);
    if (!again || *again != *tree)
        std::abort();
    return 0;
}
