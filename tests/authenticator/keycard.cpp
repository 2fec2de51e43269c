// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/keycard.h"

#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr quint16 Done = 0x9000;
constexpr quint16 MoreData = 0x6100;
constexpr quint16 WrongLength = 0x6700;
constexpr quint16 ConditionsNotMet = 0x6985;
constexpr quint16 NotFound = 0x6a82;
constexpr quint16 WrongOffset = 0x6b00;
constexpr quint16 UnknownInstruction = 0x6d00;
constexpr quint16 UnknownClass = 0x6e00;

constexpr quint8 Chaining = 0x10;
constexpr qsizetype ShortLe = 256;
constexpr qsizetype LongLe = 65536;

const QByteArray fidoAid = QByteArray::fromHex("a0000006472f0001");
const QByteArray ndefAid = QByteArray::fromHex("d2760000850101");

QByteArray bigEndian(quint16 number)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// On a reader nobody needs to touch anything.
class InTheField : public Presence
{
public:
    Answer await() override { return Answer::Touched; }
    bool isTouched() override { return true; }
};

} // namespace

KeyCard::KeyCard(std::shared_ptr<SoftwareKey> key)
    : m_key(std::move(key))
{
}

void KeyCard::setNdef(NdefSource source)
{
    m_ndefSource = std::move(source);
    m_ndefMessage = m_ndefSource ? m_ndefSource() : std::nullopt;
}

QByteArray KeyCard::uriMessage(quint8 prefix, const QByteArray &rest)
{
    // MB, ME, SR, well-known; one byte of type; URI.
    QByteArray record = QByteArray::fromHex("d101");
    record += static_cast<char>(rest.size() + 1);
    record += 'U';
    record += static_cast<char>(prefix);
    return record + rest;
}

void KeyCard::powerUp()
{
    m_key->powerCycle();
    m_selected = Application::None;
    m_chained.clear();
    m_rest.clear();
    m_file.clear();
    // A YubiKey makes a new password each time.
    if (m_ndefSource)
        m_ndefMessage = m_ndefSource();
}

std::optional<KeyCard::Apdu> KeyCard::parsed(const QByteArray &bytes)
{
    if (bytes.size() < 4)
        return {};
    const auto at = [&bytes](qsizetype index) {
        return static_cast<quint8>(bytes.at(index));
    };
    Apdu apdu{at(0), at(1), at(2), at(3), {}, 0};
    const qsizetype size = bytes.size();
    if (size == 4)
        return apdu;
    if (size == 5) {
        apdu.expected = at(4) == 0 ? ShortLe : at(4);
        return apdu;
    }
    if (at(4) != 0) {
        const qsizetype count = at(4);
        if (size != 5 + count && size != 6 + count)
            return {};
        apdu.data = bytes.mid(5, count);
        if (size == 6 + count)
            apdu.expected = at(5 + count) == 0 ? ShortLe : at(5 + count);
        return apdu;
    }
    if (size < 7)
        return {};
    const qsizetype number = (at(5) << 8) | at(6);
    if (size == 7) {
        apdu.expected = number == 0 ? LongLe : number;
        return apdu;
    }
    if (size != 7 + number && size != 9 + number)
        return {};
    apdu.data = bytes.mid(7, number);
    if (size == 9 + number) {
        const qsizetype expected = (at(7 + number) << 8) | at(8 + number);
        apdu.expected = expected == 0 ? LongLe : expected;
    }
    return apdu;
}

QByteArray KeyCard::transmit(const QByteArray &bytes)
{
    auto apdu = parsed(bytes);
    if (!apdu)
        return bigEndian(WrongLength);
    constexpr quint8 GetResponse = 0xc0;
    constexpr quint8 Select = 0xa4;
    if (apdu->instruction == GetResponse) {
        if (m_rest.isEmpty())
            return bigEndian(ConditionsNotMet);
        return given(std::exchange(m_rest, {}), apdu->expected);
    }
    m_rest.clear();
    if ((apdu->instructionClass & Chaining) != 0) {
        m_chained += apdu->data;
        return bigEndian(Done);
    }
    apdu->data.prepend(std::exchange(m_chained, {}));
    if (apdu->instruction == Select && apdu->instructionClass == 0x00)
        return select(*apdu);
    switch (m_selected) {
    case Application::Fido: return fido(*apdu);
    case Application::Ndef: return ndef(*apdu);
    case Application::None: break;
    }
    return bigEndian(UnknownInstruction);
}

/// What fits now; the rest waits for GET RESPONSE. @p answer ends with the status word.
QByteArray KeyCard::given(const QByteArray &answer, qsizetype expected)
{
    const qsizetype room = std::min(expected == 0 ? ShortLe : expected,
                                    expected > ShortLe ? LongLe : m_largestAnswer);
    if (answer.size() - 2 <= room)
        return answer;
    m_rest = answer.mid(room);
    const qsizetype left = std::min<qsizetype>(m_rest.size() - 2, 255);
    return answer.first(room) + bigEndian(static_cast<quint16>(MoreData | left));
}

QByteArray KeyCard::select(const Apdu &apdu)
{
    constexpr quint8 ByName = 0x04;
    constexpr quint8 ByFile = 0x00;
    if (apdu.p1 == ByName) {
        if (apdu.data == fidoAid && m_hasFido) {
            m_selected = Application::Fido;
            return (m_key->traits().u2f ? "U2F_V2"_ba : "FIDO_2_0"_ba) + bigEndian(Done);
        }
        if (apdu.data == ndefAid && m_ndefMessage) {
            m_selected = Application::Ndef;
            m_file.clear();
            return bigEndian(Done);
        }
        m_selected = Application::None;
        return bigEndian(NotFound);
    }
    if (apdu.p1 == ByFile && m_selected == Application::Ndef) {
        if (apdu.data == QByteArray::fromHex("e103")) {
            // Version 2.0, 127 bytes at a time; file E104 with the message, read by everybody.
            m_file = QByteArray::fromHex("000f20007f007f0406e104007f00ff");
            return bigEndian(Done);
        }
        if (apdu.data == QByteArray::fromHex("e104")) {
            m_file = bigEndian(static_cast<quint16>(m_ndefMessage->size())) + *m_ndefMessage;
            return bigEndian(Done);
        }
    }
    return bigEndian(NotFound);
}

QByteArray KeyCard::fido(const Apdu &apdu)
{
    InTheField presence;
    constexpr quint8 CtapClass = 0x80;
    constexpr quint8 CtapMessage = 0x10;
    constexpr quint8 Deselect = 0x12;
    if (apdu.instructionClass == CtapClass) {
        if (apdu.instruction == CtapMessage) {
            if (!m_key->traits().ctap2)
                return bigEndian(UnknownInstruction);
            return given(m_key->ctap2(apdu.data, presence) + bigEndian(Done), apdu.expected);
        }
        if (apdu.instruction == Deselect) {
            m_selected = Application::None;
            return bigEndian(Done);
        }
        return bigEndian(UnknownInstruction);
    }
    if (apdu.instructionClass != 0x00)
        return bigEndian(UnknownClass);
    // The key wants extended length, as over USB.
    QByteArray message;
    for (const quint8 byte : {apdu.instructionClass, apdu.instruction, apdu.p1, apdu.p2})
        message += static_cast<char>(byte);
    message += '\0' + bigEndian(static_cast<quint16>(apdu.data.size())) + apdu.data + bigEndian(0);
    return given(m_key->u2f(message, presence), apdu.expected);
}

QByteArray KeyCard::ndef(const Apdu &apdu)
{
    constexpr quint8 ReadBinary = 0xb0;
    if (apdu.instruction != ReadBinary || apdu.instructionClass != 0x00)
        return bigEndian(UnknownInstruction);
    if (m_file.isEmpty())
        return bigEndian(ConditionsNotMet);
    const qsizetype offset = (apdu.p1 << 8) | apdu.p2;
    if (offset >= m_file.size())
        return bigEndian(WrongOffset);
    return m_file.mid(offset, apdu.expected) + bigEndian(Done);
}

} // namespace Sparekey
