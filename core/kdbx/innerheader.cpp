// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/innerheader.h"

#include "core/kdbx/digests.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

enum : quint8 {
    EndOfHeader = 0,
    StreamId = 1,
    StreamKey = 2,
    Binary = 3,
};

constexpr quint32 Salsa20Id = 2;
constexpr quint32 ChaCha20Id = 3;
constexpr quint8 ProtectedFlag = 1;

KdbxFailure damaged(const QString &detail)
{
    return kdbxFailure(KdbxErrorKind::Damaged, detail);
}

KdbxBinary binaryFrom(QByteArrayView value, SecretBytesPool &pool)
{
    const QByteArrayView content = value.sliced(1);
    return {.content = pool.make(content.size(),
                                 [&](unsigned char *octets) {
                                     std::memcpy(octets, content.data(), size_t(content.size()));
                                 }),
            .isProtected = (static_cast<quint8>(value.front()) & ProtectedFlag) != 0};
}

void writeField(SecureBuffer &output, quint8 type, std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const auto part : parts)
        size += part.size();
    appendNumber(output, type);
    appendNumber(output, static_cast<quint32>(size));
    for (const auto part : parts)
        output.append(part);
}

} // namespace

KdbxResult<InnerHeader> readInnerHeader(OctetReader &reader, const KdbxLimits &limits)
{
    InnerHeader header;
    SecretBytesPool pool;
    std::optional<quint32> streamId;
    for (;;) {
        const auto type = reader.number<quint8>();
        const auto size = type ? reader.number<quint32>() : std::nullopt;
        const auto value = size ? reader.take(*size) : std::nullopt;
        if (!value)
            return damaged(u"the inner header is cut off"_s);
        if (header.binaries.size() + header.otherFields.size() >= limits.binaries)
            return kdbxFailure(KdbxErrorKind::TooLarge, u"too many inner fields"_s);
        switch (*type) {
        case StreamId:
            if (value->size() != sizeof(quint32))
                return damaged(u"the inner stream is not named"_s);
            streamId = OctetReader(*value).number<quint32>();
            break;
        case StreamKey: header.streamKey = SecureBuffer::copyOf(*value); break;
        case Binary:
            if (value->isEmpty())
                return damaged(u"a binary without flags"_s);
            header.binaries.append(binaryFrom(*value, pool));
            break;
        case EndOfHeader:
            if (streamId != ChaCha20Id) {
                return kdbxFailureOf(KdbxErrorKind::UnknownInnerStream,
                                     streamId == Salsa20Id ? u"Salsa20"_s
                                                           : QString::number(streamId.value_or(0)));
            }
            if (header.streamKey.isEmpty())
                return damaged(u"the inner stream has no key"_s);
            return header;
        default: header.otherFields.append({.type = *type, .value = value->toByteArray()}); break;
        }
    }
}

void writeInnerHeader(const InnerHeader &header, SecureBuffer &output)
{
    QByteArray id;
    appendNumber(id, ChaCha20Id);
    writeField(output, StreamId, {id});
    writeField(output, StreamKey, {header.streamKey.view()});
    for (const KdbxBinary &binary : header.binaries) {
        const char flags = binary.isProtected ? ProtectedFlag : 0;
        writeField(output, Binary, {QByteArrayView(&flags, 1), binary.content.view()});
    }
    for (const KdbxHeaderField &field : header.otherFields)
        writeField(output, field.type, {field.value});
    writeField(output, EndOfHeader, {});
}

ChaCha20 innerStreamOf(const SecureBuffer &streamKey)
{
    const SecureBuffer digest = sha512({streamKey.view()});
    return {digest.view().first(32), digest.view().sliced(32, 12)};
}

} // namespace Sparekey
