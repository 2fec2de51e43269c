// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Blocks of others are not accepted, and our own only unchanged.

#include "core/kdbx/hmacblocks.h"

#include <cstdint>
#include <cstdlib>

using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto key = SecureBuffer::copyOf("key of the fuzzer");
    const QByteArrayView octets(data, qsizetype(size));
    if (readHmacBlocks(octets, key))
        std::abort();
    if (octets.size() < 2)
        return 0;
    const auto blockSize = 16 + qsizetype{data[0]};
    const QByteArrayView content = octets.sliced(2);
    QByteArray blocks = hmacBlocks(content, key, blockSize);
    const auto whole = readHmacBlocks(blocks, key);
    if (!whole || *whole != content)
        std::abort();
    const qsizetype place = data[1] % blocks.size();
    blocks[place] = static_cast<char>(blocks[place] ^ 1);
    if (readHmacBlocks(blocks, key))
        std::abort();
    return 0;
}
