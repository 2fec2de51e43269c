// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What the key does as a U2F key (FIDO U2F Raw Message Formats 1.2).

#include "tests/authenticator/softwarekey.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QByteArray statusWord(quint16 word)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(word, bytes.data());
    return bytes;
}

constexpr quint16 Done = 0x9000;
constexpr quint16 TouchNeeded = 0x6985;
constexpr quint16 WrongData = 0x6a80;
constexpr quint16 WrongLength = 0x6700;
constexpr quint16 UnknownInstruction = 0x6d00;

} // namespace

QByteArray SoftwareKey::u2f(const QByteArray &apdu, Presence &presence)
{
    const Lock lock(m_mutex);
    if (!m_traits.u2f || apdu.size() < 4)
        return statusWord(UnknownInstruction);
    const auto instruction = static_cast<quint8>(apdu.at(1));
    const auto control = static_cast<quint8>(apdu.at(2));
    QByteArray data;
    if (apdu.size() > 7) {
        const qsizetype size = (static_cast<quint8>(apdu.at(5)) << 8)
            | static_cast<quint8>(apdu.at(6));
        data = apdu.mid(7, size);
        if (data.size() != size)
            return statusWord(WrongLength);
    }
    switch (instruction) {
    case 0x01: return register1(data, presence);
    case 0x02: return authenticate1(control, data, presence);
    case 0x03: return "U2F_V2"_ba + statusWord(Done);
    default: return statusWord(UnknownInstruction);
    }
}

QByteArray SoftwareKey::register1(const QByteArray &data, Presence &presence)
{
    if (data.size() != 64)
        return statusWord(WrongLength);
    // A key that always wants the PIN cannot serve those who know none (CTAP 2.1, section 7.2).
    if (m_alwaysUv)
        return statusWord(UnknownInstruction);
    if (!presence.isTouched())
        return statusWord(TouchNeeded);
    const QByteArray challenge = data.first(32);
    const QByteArray application = data.mid(32);
    const StoredCredential &credential = m_store.add(
        {.id = randomBytes(m_traits.credentialIdLength),
         .rpIdHash = application,
         .rpId = {},
         .rp = {},
         .user = {},
         .key = KeyPair::make(Cose::Es256)});
    const QByteArray point = credential.key.point();
    const QByteArray signature = m_attestationKey.sign('\0' + application + challenge
                                                       + credential.id + point);
    return '\x05' + point + static_cast<char>(credential.id.size()) + credential.id + m_certificate
        + signature + statusWord(Done);
}

QByteArray SoftwareKey::authenticate1(quint8 control, const QByteArray &data, Presence &presence)
{
    constexpr quint8 CheckOnly = 0x07;
    constexpr quint8 WithoutTouch = 0x08;
    if (data.size() < 65 || data.size() != 65 + static_cast<quint8>(data.at(64)))
        return statusWord(WrongLength);
    if (m_alwaysUv)
        return statusWord(UnknownInstruction);
    const QByteArray challenge = data.first(32);
    const QByteArray application = data.mid(32, 32);
    pretendToHold(data.mid(65), application);
    StoredCredential *credential = m_store.byId(data.mid(65));
    if (credential == nullptr || credential->rpIdHash != application
        || credential->key.algorithm() != Cose::Es256 || credential->protection == 3)
        return statusWord(WrongData);
    if (control == CheckOnly)
        return statusWord(TouchNeeded);
    const bool touched = control != WithoutTouch;
    if (touched && !presence.isTouched())
        return statusWord(TouchNeeded);
    ++credential->counter;
    QByteArray head(1, touched ? '\x01' : '\0');
    head.resize(5);
    qToBigEndian(credential->counter, head.data() + 1);
    return head + credential->key.sign(application + head + challenge) + statusWord(Done);
}

} // namespace Sparekey
