// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/gzip.h"

#include "core/kdbx/octets.h"

#include <QScopeGuard>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <malloc.h>
#include <new>
#include <zlib.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr int GzipWindow = 15 + 16; // the largest window, and the framing of gzip
constexpr qsizetype ChunkSize = qsizetype{64} * 1024;

void *allocate(void * /*unused*/, uInt items, uInt size)
{
    return std::calloc(items, size);
}

void wipeAndFree(void * /*unused*/, void *memory)
{
    if (!memory)
        return;
    explicit_bzero(memory, malloc_usable_size(memory));
    std::free(memory);
}

z_stream streamOf(QByteArrayView input)
{
    z_stream stream{};
    stream.zalloc = allocate;
    stream.zfree = wipeAndFree;
    // zlib does not write to its input.
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
    return stream;
}

// The size that the end of a gzip file states (RFC 1952, 2.3.1, ISIZE), as far as it is believed:
// deflate cannot make more than 1032 octets of one.
qsizetype statedSize(QByteArrayView compressed)
{
    constexpr qsizetype MostPerOctet = 1032;
    constexpr qsizetype SizeOctets = 4;
    if (compressed.size() < SizeOctets)
        return 0;
    const auto stated = OctetReader(compressed.last(SizeOctets)).number<quint32>().value_or(0);
    return std::min<qsizetype>(stated, compressed.size() * MostPerOctet);
}

constexpr auto longestInput = static_cast<qsizetype>(std::numeric_limits<uInt>::max());

} // namespace

KdbxResult<SecureBuffer> gunzip(QByteArrayView compressed, qsizetype limit)
{
    if (compressed.size() > longestInput)
        return kdbxFailure(KdbxErrorKind::TooLarge);
    z_stream stream = streamOf(compressed);
    if (inflateInit2(&stream, GzipWindow) != Z_OK)
        throw std::bad_alloc();
    const auto end = qScopeGuard([&] { inflateEnd(&stream); });
    SecureBuffer plain(std::min(statedSize(compressed), limit));
    SecureBuffer chunk;
    qsizetype size = 0;
    int code = Z_OK;
    while (code != Z_STREAM_END) {
        // Into the place for all of it; what is more than stated goes into pieces.
        const bool isAsStated = size < plain.size();
        if (!isAsStated && chunk.isEmpty())
            chunk = SecureBuffer(ChunkSize);
        const qsizetype room = isAsStated ? plain.size() - size : ChunkSize;
        stream.next_out = isAsStated ? plain.data() + size : chunk.data();
        stream.avail_out = static_cast<uInt>(room);
        code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_MEM_ERROR)
            throw std::bad_alloc();
        const qsizetype made = room - stream.avail_out;
        if ((code != Z_OK && code != Z_STREAM_END) || (code == Z_OK && made == 0))
            return kdbxFailure(KdbxErrorKind::Damaged, u"not compressed as it should be"_s);
        if (made > limit - size)
            return kdbxFailure(KdbxErrorKind::TooLarge, u"decompressed payload"_s);
        if (!isAsStated)
            plain.append(chunk.view().first(made));
        size += made;
    }
    plain.truncate(size);
    if (stream.avail_in > 0)
        return kdbxFailure(KdbxErrorKind::Damaged, u"bytes after the compressed payload"_s);
    return plain;
}

SecureBuffer gzip(QByteArrayView plain)
{
    z_stream stream = streamOf(plain);
    // The fifth argument is the default of zlib's memory level.
    if (plain.size() > longestInput
        || deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GzipWindow, 8,
                        Z_DEFAULT_STRATEGY)
            != Z_OK)
        throw std::bad_alloc();
    const auto end = qScopeGuard([&] { deflateEnd(&stream); });
    SecureBuffer compressed(static_cast<qsizetype>(deflateBound(&stream, stream.avail_in)));
    stream.next_out = compressed.data();
    stream.avail_out = static_cast<uInt>(compressed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        throw std::bad_alloc();
    compressed.truncate(static_cast<qsizetype>(stream.total_out));
    return compressed;
}

} // namespace Sparekey
