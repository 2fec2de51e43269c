// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/ctapcard.h"

#include "core/hardware/apdu.h"

#include <algorithm>
#include <fido/param.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr char fidoApplication[] = "\xA0\x00\x00\x06\x47\x2F\x00\x01";
constexpr qsizetype nonceSize = 8;
constexpr qsizetype initAnswerSize = 17;
// NFCCTAP_MSG without NFCCTAP_GETRESPONSE support (P1 = 0), so the card answers when it is done.
constexpr ApduHeader ctap2Command{.cla = 0x80, .ins = 0x10};
constexpr quint16 swNoApplication = 0x6A82;

QByteArrayView bytesOf(std::span<const unsigned char> data)
{
    return {data.data(), static_cast<qsizetype>(data.size())};
}

} // namespace

CtapCard::CtapCard(std::unique_ptr<SmartCard> card)
    : m_card(std::move(card))
{
}

bool CtapCard::failed(Error error)
{
    m_error = std::move(error);
    return false;
}

bool CtapCard::initialize(QByteArrayView nonce)
{
    if (nonce.size() != nonceSize)
        return failed({.kind = ErrorKind::KeyFailure, .detail = u"a nonce of a wrong size"_s});
    const QByteArrayView name(fidoApplication, std::size(fidoApplication) - 1);
    const auto selected = selectApplication(*m_card, name);
    if (!selected)
        return failed(selected.error());
    if (selected->status == swNoApplication)
        return failed({.kind = ErrorKind::CardIsNoKey});
    if (!selected->isOk())
        return failed({.kind = ErrorKind::CardIsNoKey,
                       .detail = u"SELECT answered %1"_s.arg(selected->status, 0, 16)});
    quint8 capabilities = 0;
    if (selected->data == "U2F_V2"_ba) {
        // Keys that also support CTAP2 answer the same (11.3.5.2), so try a CTAP2 command
        // (getInfo).
        const auto info = exchange(*m_card, ctap2Command, QByteArrayView("\x04", 1));
        if (!info)
            return failed(info.error());
        capabilities = info->isOk() ? FIDO_CAP_CBOR : 0;
    } else if (selected->data.startsWith("FIDO_2_"_ba)) {
        capabilities = FIDO_CAP_CBOR | FIDO_CAP_NMSG;
    } else {
        return failed({.kind = ErrorKind::CardIsNoKey, .detail = u"an unknown version"_s});
    }
    QByteArray answer(initAnswerSize, '\0');
    std::copy(nonce.begin(), nonce.end(), answer.begin());
    answer.back() = static_cast<char>(capabilities);
    m_answer = answer;
    return true;
}

bool CtapCard::sendCbor(QByteArrayView message)
{
    const auto answer = exchange(*m_card, ctap2Command, message);
    if (!answer)
        return failed(answer.error());
    if (!answer->isOk()) {
        return failed({.kind = ErrorKind::KeyAnswerInvalid,
                       .detail = u"CTAP2 answered %1"_s.arg(answer->status, 0, 16)});
    }
    m_answer = answer->data;
    return true;
}

bool CtapCard::sendU2f(QByteArrayView message)
{
    const auto command = parseExtendedApdu(message);
    if (!command)
        return failed({.kind = ErrorKind::KeyFailure, .detail = u"an unreadable U2F message"_s});
    const auto answer = exchange(*m_card, command->header, command->data);
    if (!answer)
        return failed(answer.error());
    QByteArray whole = answer->data;
    whole += static_cast<char>(answer->status >> 8);
    whole += static_cast<char>(answer->status & 0xFF);
    m_answer = whole;
    return true;
}

bool CtapCard::send(quint8 command, std::span<const unsigned char> message)
{
    // Called by the canceling thread, so no member may be accessed.
    if (command == CTAP_CMD_CANCEL)
        return true;
    m_command = command;
    m_answer.reset();
    m_error.reset();
    switch (command) {
    case CTAP_CMD_INIT: return initialize(bytesOf(message));
    case CTAP_CMD_CBOR: return sendCbor(bytesOf(message));
    case CTAP_CMD_MSG: return sendU2f(bytesOf(message));
    default: return failed({.kind = ErrorKind::KeyFailure, .detail = u"an unknown command"_s});
    }
}

int CtapCard::receive(quint8 command, std::span<unsigned char> answer)
{
    if (!m_answer || m_command != command)
        return -1;
    const QByteArray bytes = *m_answer;
    m_answer.reset();
    if (static_cast<std::size_t>(bytes.size()) > answer.size()) {
        m_error = Error{.kind = ErrorKind::KeyAnswerInvalid, .detail = u"too long an answer"_s};
        return -1;
    }
    std::copy(bytes.begin(), bytes.end(), answer.begin());
    return static_cast<int>(bytes.size());
}

} // namespace Sparekey
