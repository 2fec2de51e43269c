// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kdbx/kdbxheader.h"

#include "core/kdbx/digests.h"
#include "core/kdbx/octets.h"

#include <bitset>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr quint32 Signature = 0x9AA2D903;
constexpr quint32 Kdb1Signature = 0xB54BFB65;
constexpr quint32 PrereleaseSignature = 0xB54BFB66;
constexpr quint32 KdbxSignature = 0xB54BFB67;
constexpr quint16 MajorVersion = 4;
constexpr qsizetype ChecksumSize = 32;

enum : quint8 {
    EndOfHeader = 0,
    CipherId = 2,
    CompressionFlags = 3,
    MasterSeed = 4,
    EncryptionIv = 7,
    KdfParameters = 11,
    PublicCustomData = 12,
};

// The identifiers of the ciphers, as they stand in the file.
const QByteArray aesId = QByteArray::fromHex("31c1f2e6bf714350be5805216afc5aff");
const QByteArray twofishId = QByteArray::fromHex("ad68f29f576f4bb9a36ad47af965346c");
const QByteArray chaChaId = QByteArray::fromHex("d6038a2b8b6f4cb5a524339a31dbb59a");

KdbxFailure damaged(const QString &detail)
{
    return kdbxFailure(KdbxErrorKind::HeaderDamaged, detail);
}

KdbxResult<quint16> readVersion(OctetReader &reader)
{
    const auto first = reader.number<quint32>();
    const auto second = reader.number<quint32>();
    if (!first || !second || *first != Signature)
        return kdbxFailure(KdbxErrorKind::NotKdbx);
    if (*second == Kdb1Signature)
        return kdbxFailureOf(KdbxErrorKind::OlderFormat, u"KeePass 1"_s);
    if (*second != KdbxSignature && *second != PrereleaseSignature)
        return kdbxFailure(KdbxErrorKind::NotKdbx);
    const auto minor = reader.number<quint16>();
    const auto major = reader.number<quint16>();
    if (!minor || !major)
        return damaged(u"cut off within the version"_s);
    if (*major != MajorVersion) {
        return kdbxFailureOf(*major < MajorVersion ? KdbxErrorKind::OlderFormat
                                                   : KdbxErrorKind::NewerFormat,
                             u"KDBX %1.%2"_s.arg(*major).arg(*minor));
    }
    return *minor;
}

KdbxResult<KdbxCipher> cipherOf(const QByteArray &id)
{
    if (id == aesId)
        return KdbxCipher::Aes256Cbc;
    if (id == chaChaId)
        return KdbxCipher::ChaCha20;
    if (id == twofishId)
        return kdbxFailureOf(KdbxErrorKind::UnknownCipher, u"Twofish"_s);
    return kdbxFailureOf(KdbxErrorKind::UnknownCipher, QString::fromLatin1(id.toHex()));
}

// The fields up to the end field.
KdbxResult<QList<KdbxHeaderField>> readFields(OctetReader &reader, const KdbxLimits &limits)
{
    QList<KdbxHeaderField> fields;
    std::bitset<256> seen;
    for (;;) {
        const auto type = reader.number<quint8>();
        const auto size = type ? reader.number<quint32>() : std::nullopt;
        if (size && *size > static_cast<quint64>(limits.headerField))
            return kdbxFailure(KdbxErrorKind::TooLarge, u"header field of %1 bytes"_s.arg(*size));
        const auto value = size ? reader.take(*size) : std::nullopt;
        if (!value)
            return damaged(u"the header is cut off"_s);
        if (*type == EndOfHeader)
            return fields;
        if (seen[*type] && *type <= PublicCustomData && *type >= CipherId)
            return damaged(u"field %1 stands twice"_s.arg(*type));
        seen[*type] = true;
        if (fields.size() >= limits.headerFields)
            return kdbxFailure(KdbxErrorKind::TooLarge, u"too many header fields"_s);
        fields.append({.type = *type, .value = value->toByteArray()});
    }
}

KdbxResult<KdbxHeader> headerOf(QList<KdbxHeaderField> fields)
{
    KdbxHeader header;
    QByteArray cipher;
    QByteArray compression;
    QByteArray kdf;
    for (KdbxHeaderField &field : fields) {
        switch (field.type) {
        case CipherId: cipher = field.value; break;
        case CompressionFlags: compression = field.value; break;
        case MasterSeed: header.masterSeed = field.value; break;
        case EncryptionIv: header.encryptionIv = field.value; break;
        case KdfParameters: kdf = field.value; break;
        case PublicCustomData: header.publicCustomData = field.value; break;
        default: header.otherFields.append(std::move(field)); break;
        }
    }
    const auto knownCipher = cipherOf(cipher);
    if (!knownCipher)
        return tl::unexpected(knownCipher.error());
    header.cipher = *knownCipher;
    const auto flags = OctetReader(compression).number<quint32>();
    if (!flags || compression.size() != sizeof(quint32))
        return damaged(u"no compression is named"_s);
    if (*flags > 1)
        return kdbxFailureOf(KdbxErrorKind::UnknownCompression, QString::number(*flags));
    header.compressed = *flags == 1;
    if (header.masterSeed.size() != 32)
        return damaged(u"master seed of %1 bytes"_s.arg(header.masterSeed.size()));
    if (header.encryptionIv.size() != ivSize(header.cipher))
        return damaged(u"IV of %1 bytes"_s.arg(header.encryptionIv.size()));
    auto dictionary = VariantDictionary::fromOctets(kdf);
    if (!dictionary)
        return tl::unexpected(dictionary.error());
    header.kdf = *std::move(dictionary);
    return header;
}

void appendField(QByteArray &octets, quint8 type, QByteArrayView value)
{
    appendNumber(octets, type);
    appendNumber(octets, static_cast<quint32>(value.size()));
    octets.append(value);
}

} // namespace

qsizetype ivSize(KdbxCipher cipher)
{
    return cipher == KdbxCipher::Aes256Cbc ? 16 : 12;
}

KdbxResult<KdbxFileParts> readOuterHeader(QByteArrayView file, const KdbxLimits &limits)
{
    if (file.size() > limits.file)
        return kdbxFailure(KdbxErrorKind::TooLarge, u"file of %1 bytes"_s.arg(file.size()));
    OctetReader reader(file);
    const auto minorVersion = readVersion(reader);
    if (!minorVersion)
        return tl::unexpected(minorVersion.error());
    auto fields = readFields(reader, limits);
    if (!fields)
        return tl::unexpected(fields.error());
    const QByteArrayView headerOctets = file.first(reader.position());
    const auto checksum = reader.take(ChecksumSize);
    const auto headerHmac = reader.take(ChecksumSize);
    if (!checksum || !headerHmac)
        return damaged(u"cut off after the header"_s);
    if (!sha256({headerOctets}).equals(*checksum))
        return damaged(u"wrong checksum"_s);
    auto header = headerOf(*std::move(fields));
    if (!header)
        return tl::unexpected(header.error());
    header->minorVersion = *minorVersion;
    return KdbxFileParts{.header = *std::move(header),
                         .headerOctets = headerOctets,
                         .headerHmac = *headerHmac,
                         .blocks = file.sliced(reader.position())};
}

QByteArray outerHeaderOctets(const KdbxHeader &header)
{
    QByteArray octets;
    appendNumber(octets, Signature);
    appendNumber(octets, KdbxSignature);
    appendNumber(octets, header.minorVersion);
    appendNumber(octets, MajorVersion);
    QByteArray compression;
    appendNumber(compression, quint32{header.compressed ? 1U : 0U});
    appendField(octets, CipherId, header.cipher == KdbxCipher::Aes256Cbc ? aesId : chaChaId);
    appendField(octets, CompressionFlags, compression);
    appendField(octets, MasterSeed, header.masterSeed);
    appendField(octets, EncryptionIv, header.encryptionIv);
    appendField(octets, KdfParameters, header.kdf.octets());
    if (!header.publicCustomData.isEmpty())
        appendField(octets, PublicCustomData, header.publicCustomData);
    for (const KdbxHeaderField &field : header.otherFields)
        appendField(octets, field.type, field.value);
    appendField(octets, EndOfHeader, "\r\n\r\n");
    return octets;
}

} // namespace Sparekey
