// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/yubikeyotp.h"

#include "core/hardware/apdu.h"
#include "core/hardware/ndef.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr char ndefApplication[] = "\xD2\x76\x00\x00\x85\x01\x01";
constexpr quint16 capabilityFile = 0xE103;
constexpr quint16 capabilitySize = 15;
constexpr quint16 lengthSize = 2;
constexpr qsizetype otpSize = 44;
constexpr QByteArrayView modhex("cbdefghijklnrtuv");
// YubiKeys have fewer than a hundred bytes; larger messages of other tags are not read.
constexpr quint16 largestMessage = 1024;

Failure noOtp(const QString &why)
{
    return fail(Error{.kind = ErrorKind::CardHasNoOtp, .detail = why});
}

// A card that refuses does not have this application or file.
Result<QByteArray> accepted(Result<QByteArray> answer)
{
    if (!answer)
        return answer;
    const auto parsed = parseApduAnswer(*answer);
    if (!parsed)
        return fail(ErrorKind::KeyAnswerInvalid);
    if (!parsed->isOk())
        return noOtp(u"refused with %1"_s.arg(parsed->status, 0, 16));
    return parsed->data;
}

Result<QByteArray> selectFile(SmartCard &card, quint16 file)
{
    QByteArray command("\x00\xA4\x00\x0C\x02", 5);
    command += static_cast<char>(file >> 8);
    command += static_cast<char>(file & 0xFF);
    return accepted(card.transmit(command));
}

Result<QByteArray> readBinary(SmartCard &card, quint16 offset, quint8 size)
{
    QByteArray command("\x00\xB0", 2);
    command += static_cast<char>(offset >> 8);
    command += static_cast<char>(offset & 0xFF);
    command += static_cast<char>(size);
    auto bytes = accepted(card.transmit(command));
    if (bytes && bytes->size() != size)
        return noOtp(u"%1 bytes instead of %2"_s.arg(bytes->size()).arg(size));
    return bytes;
}

} // namespace

std::optional<SecureBuffer> otpInNdefText(QByteArrayView text)
{
    while (!text.isEmpty() && QChar::isSpace(static_cast<unsigned char>(text.back())))
        text.chop(1);
    if (text.size() < otpSize)
        return {};
    SecureBuffer otp = SecureBuffer::copyOf(text.last(otpSize));
    std::span<unsigned char> characters(otp.data(), static_cast<std::size_t>(otp.size()));
    for (unsigned char &c : characters) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<unsigned char>(c - 'A' + 'a');
        if (!modhex.contains(static_cast<char>(c)))
            return {};
    }
    return otp;
}

Result<SecureBuffer> readYubikeyOtp(SmartCard &card)
{
    const QByteArrayView name(ndefApplication, std::size(ndefApplication) - 1);
    const auto selected = selectApplication(card, name);
    if (!selected)
        return fail(selected.error());
    if (!selected->isOk())
        return noOtp(u"no NDEF application"_s);
    if (const auto file = selectFile(card, capabilityFile); !file)
        return fail(file.error());
    const auto containerBytes = readBinary(card, 0, capabilitySize);
    if (!containerBytes)
        return fail(containerBytes.error());
    const auto container = parseCapabilityContainer(*containerBytes);
    if (!container)
        return noOtp(u"no capability container"_s);
    if (const auto file = selectFile(card, container->ndefFile); !file)
        return fail(file.error());
    const auto lengthBytes = readBinary(card, 0, lengthSize);
    if (!lengthBytes)
        return fail(lengthBytes.error());
    const auto length = static_cast<quint16>(static_cast<unsigned char>(lengthBytes->at(0)) << 8
                                             | static_cast<unsigned char>(lengthBytes->at(1)));
    if (length > largestMessage)
        return noOtp(u"a message of %1 bytes"_s.arg(length));
    const quint16 largestPiece = std::min<quint16>(container->largestRead, 240);
    SecureBuffer message;
    while (message.size() < length) {
        const auto size = static_cast<quint8>(
            std::min<qsizetype>(largestPiece, length - message.size()));
        auto piece = readBinary(card, static_cast<quint16>(lengthSize + message.size()), size);
        if (!piece)
            return fail(piece.error());
        message.append(*piece);
        wipe(*piece);
    }
    const auto text = textOfNdefMessage(message.view());
    auto otp = text ? otpInNdefText(text->view()) : std::nullopt;
    if (!otp)
        return noOtp(u"another text"_s);
    return *std::move(otp);
}

} // namespace Sparekey
