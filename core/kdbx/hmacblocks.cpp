// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/hmacblocks.h"

#include "core/kdbx/digests.h"
#include "core/kdbx/octets.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype HmacSize = 32;

QByteArray littleEndian(auto number)
{
    QByteArray octets;
    appendNumber(octets, number);
    return octets;
}

SecureBuffer blockKey(quint64 index, const SecureBuffer &hmacKey)
{
    return sha512({littleEndian(index), hmacKey.view()});
}

SecureBuffer blockHmac(quint64 index, QByteArrayView content, const SecureBuffer &hmacKey)
{
    return hmacSha256(blockKey(index, hmacKey).view(),
                      {littleEndian(index), littleEndian(static_cast<quint32>(content.size())),
                       content});
}

} // namespace

SecureBuffer hmacKeyOf(QByteArrayView masterSeed, const SecureBuffer &derivedKey)
{
    return sha512({masterSeed, derivedKey.view(), QByteArrayView("\x01", 1)});
}

SecureBuffer headerHmac(QByteArrayView headerOctets, const SecureBuffer &hmacKey)
{
    constexpr quint64 HeaderIndex = std::numeric_limits<quint64>::max();
    return hmacSha256(blockKey(HeaderIndex, hmacKey).view(), {headerOctets});
}

KdbxResult<QByteArray> readHmacBlocks(QByteArrayView blocks, const SecureBuffer &hmacKey)
{
    QByteArray content;
    content.reserve(blocks.size());
    OctetReader reader(blocks);
    for (quint64 index = 0;; ++index) {
        const auto hmac = reader.take(HmacSize);
        const auto size = hmac ? reader.number<quint32>() : std::nullopt;
        const auto block = size ? reader.take(*size) : std::nullopt;
        if (!block)
            return kdbxFailure(KdbxErrorKind::Damaged, u"cut off in block %1"_s.arg(index));
        if (!blockHmac(index, *block, hmacKey).equals(*hmac))
            return kdbxFailure(KdbxErrorKind::Damaged, u"block %1 was changed"_s.arg(index));
        if (block->isEmpty())
            return content;
        content.append(*block);
    }
}

QByteArray hmacBlocks(QByteArrayView content, const SecureBuffer &hmacKey, qsizetype blockSize)
{
    QByteArray blocks;
    quint64 index = 0;
    const auto append = [&](QByteArrayView block) {
        blocks.append(blockHmac(index++, block, hmacKey).view());
        appendNumber(blocks, static_cast<quint32>(block.size()));
        blocks.append(block);
    };
    for (qsizetype done = 0; done < content.size(); done += blockSize)
        append(content.sliced(done, std::min(blockSize, content.size() - done)));
    append({});
    return blocks;
}

} // namespace Sparekey
