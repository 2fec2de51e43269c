// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/apdu.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr quint8 chainingBit = 0x10;
// Not the full 255: some readers lose commands of that length.
constexpr qsizetype pieceSize = 240;
constexpr quint8 sw1MoreData = 0x61;
constexpr quint8 insGetResponse = 0xC0;
// No key sends more. Stops a card that keeps announcing more data.
constexpr qsizetype largestAnswer = 65536;

QByteArray shortApdu(ApduHeader header, QByteArrayView data, bool wantsAnswer)
{
    QByteArray apdu;
    apdu.reserve(data.size() + 6);
    apdu += static_cast<char>(header.cla);
    apdu += static_cast<char>(header.ins);
    apdu += static_cast<char>(header.p1);
    apdu += static_cast<char>(header.p2);
    if (!data.isEmpty()) {
        apdu += static_cast<char>(data.size());
        apdu += data;
    }
    if (wantsAnswer)
        apdu += '\0'; // Le 0: all available data
    return apdu;
}

Failure unreadable(const QString &why)
{
    return fail(Error{.kind = ErrorKind::KeyAnswerInvalid, .detail = why});
}

Result<ApduAnswer> send(SmartCard &card, const QByteArray &apdu)
{
    const Result<QByteArray> bytes = card.transmit(apdu);
    if (!bytes)
        return fail(bytes.error());
    auto answer = parseApduAnswer(*bytes);
    if (!answer)
        return unreadable(u"an answer without status word"_s);
    return *std::move(answer);
}

} // namespace

std::optional<ApduAnswer> parseApduAnswer(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return {};
    const auto sw1 = static_cast<unsigned char>(bytes[bytes.size() - 2]);
    const auto sw2 = static_cast<unsigned char>(bytes[bytes.size() - 1]);
    return ApduAnswer{.data = bytes.first(bytes.size() - 2).toByteArray(),
                      .status = static_cast<quint16>(sw1 << 8 | sw2)};
}

std::optional<ExtendedApdu> parseExtendedApdu(QByteArrayView bytes)
{
    constexpr qsizetype headSize = 7; // CLA INS P1 P2 00 Lc Lc
    constexpr qsizetype leSize = 2;
    if (bytes.size() < headSize || bytes[4] != '\0')
        return {};
    const auto at = [bytes](qsizetype i) {
        return static_cast<unsigned char>(bytes[i]);
    };
    ExtendedApdu apdu;
    apdu.header = {.cla = at(0), .ins = at(1), .p1 = at(2), .p2 = at(3)};
    if (bytes.size() == headSize) // no data, so the two bytes are Le
        return apdu;
    const qsizetype length = at(5) << 8 | at(6);
    const qsizetype rest = bytes.size() - headSize;
    if (rest != length && rest != length + leSize)
        return {};
    apdu.data = bytes.sliced(headSize, length).toByteArray();
    return apdu;
}

Result<ApduAnswer> exchange(SmartCard &card, ApduHeader header, QByteArrayView data)
{
    const ApduHeader chained{.cla = static_cast<quint8>(header.cla | chainingBit),
                             .ins = header.ins,
                             .p1 = header.p1,
                             .p2 = header.p2};
    while (data.size() > pieceSize) {
        const auto taken = send(card, shortApdu(chained, data.first(pieceSize), false));
        if (!taken || !taken->isOk())
            return taken;
        data = data.sliced(pieceSize);
    }
    auto answer = send(card, shortApdu(header, data, true));
    while (answer && (answer->status >> 8) == sw1MoreData) {
        const ApduHeader more{.ins = insGetResponse};
        QByteArray command = shortApdu(more, {}, false);
        command += static_cast<char>(answer->status & 0xFF);
        auto next = send(card, command);
        if (!next)
            return next;
        if (next->data.isEmpty() && (next->status >> 8) == sw1MoreData)
            return unreadable(u"promises more data and gives none"_s);
        next->data.prepend(answer->data);
        if (next->data.size() > largestAnswer)
            return unreadable(u"an answer without end"_s);
        answer = std::move(next);
    }
    return answer;
}

Result<ApduAnswer> selectApplication(SmartCard &card, QByteArrayView name)
{
    return exchange(card, {.ins = 0xA4, .p1 = 0x04}, name);
}

} // namespace Sparekey
