// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/ndef.h"

#include <array>

namespace Sparekey {

namespace {

/// Reads from the front; a read beyond the end gives nothing.
class Bytes
{
public:
    explicit Bytes(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    std::optional<QByteArrayView> take(quint32 size)
    {
        if (size > static_cast<quint64>(m_rest.size()))
            return {};
        const QByteArrayView taken = m_rest.first(static_cast<qsizetype>(size));
        m_rest = m_rest.sliced(static_cast<qsizetype>(size));
        return taken;
    }
    /// Big-endian, up to four bytes.
    std::optional<quint32> number(quint32 size)
    {
        const auto bytes = take(size);
        if (!bytes)
            return {};
        quint32 value = 0;
        for (const char c : *bytes)
            value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
};

struct Record
{
    quint8 typeFormat = 0;
    QByteArrayView type;
    QByteArrayView payload;
    bool isLast = false;
};

std::optional<Record> takeRecord(Bytes &bytes)
{
    constexpr quint32 messageEnd = 0x40;
    constexpr quint32 chunked = 0x20;
    constexpr quint32 shortRecord = 0x10;
    constexpr quint32 hasId = 0x08;
    constexpr quint32 typeFormatBits = 0x07;
    const auto flags = bytes.number(1);
    const auto typeLength = bytes.number(1);
    if (!flags || !typeLength || (*flags & chunked) != 0)
        return {};
    const auto payloadLength = bytes.number((*flags & shortRecord) != 0 ? 1 : 4);
    const auto idLength = (*flags & hasId) != 0 ? bytes.number(1) : 0;
    if (!payloadLength || !idLength)
        return {};
    const auto type = bytes.take(*typeLength);
    const auto id = bytes.take(*idLength);
    const auto payload = bytes.take(*payloadLength);
    if (!type || !id || !payload)
        return {};
    return Record{.typeFormat = static_cast<quint8>(*flags & typeFormatBits),
                  .type = *type,
                  .payload = *payload,
                  .isLast = (*flags & messageEnd) != 0};
}

std::optional<SecureBuffer> uriOf(QByteArrayView payload)
{
    // RTD URI 1.0, table 3. Other prefixes are not for web addresses.
    static constexpr std::array<const char *, 5> prefixes{"", "http://www.", "https://www.",
                                                          "http://", "https://"};
    if (payload.isEmpty())
        return {};
    const auto prefix = static_cast<unsigned char>(payload[0]);
    SecureBuffer text;
    if (prefix < prefixes.size())
        text.append(prefixes[prefix]);
    text.append(payload.sliced(1));
    return text;
}

std::optional<SecureBuffer> plainTextOf(QByteArrayView payload)
{
    constexpr unsigned utf16 = 0x80;
    constexpr unsigned languageLengthBits = 0x3F;
    Bytes bytes(payload);
    const auto status = bytes.number(1);
    if (!status || (*status & utf16) != 0)
        return {};
    const quint32 languageLength = *status & languageLengthBits;
    if (!bytes.take(languageLength))
        return {};
    return SecureBuffer::copyOf(payload.sliced(1 + static_cast<qsizetype>(languageLength)));
}

} // namespace

std::optional<CapabilityContainer> parseCapabilityContainer(QByteArrayView bytes)
{
    constexpr quint32 ndefFileControl = 0x04;
    constexpr quint32 controlLength = 0x06;
    constexpr quint32 smallest = 15;
    Bytes container(bytes);
    const auto length = container.number(2);
    const auto version = container.number(1);
    const auto largestRead = container.number(2);
    const auto largestWrite = container.number(2);
    const auto tag = container.number(1);
    const auto tagLength = container.number(1);
    const auto file = container.number(2);
    const auto fileSize = container.number(2);
    const auto readAccess = container.number(1);
    if (!length || *length < smallest || !version || !largestRead || !largestWrite || !tag
        || !tagLength || !file || !fileSize || !readAccess)
        return {};
    if (*tag != ndefFileControl || *tagLength != controlLength || *readAccess != 0
        || *largestRead == 0)
        return {};
    return CapabilityContainer{.ndefFile = static_cast<quint16>(*file),
                               .largestRead = static_cast<quint16>(*largestRead),
                               .fileSize = static_cast<quint16>(*fileSize)};
}

std::optional<SecureBuffer> textOfNdefMessage(QByteArrayView message)
{
    constexpr quint8 wellKnown = 1;
    Bytes bytes(message);
    while (!bytes.atEnd()) {
        const auto record = takeRecord(bytes);
        if (!record)
            return {};
        if (record->typeFormat == wellKnown && record->type == QByteArrayView("U"))
            return uriOf(record->payload);
        if (record->typeFormat == wellKnown && record->type == QByteArrayView("T"))
            return plainTextOf(record->payload);
        if (record->isLast)
            return {};
    }
    return {};
}

} // namespace Sparekey
