// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a key or card answers is taken for what it is, or refused. The first byte chooses who
// reads the rest.

#include "core/hardware/apdu.h"
#include "core/hardware/ctapdevice.h"
#include "core/hardware/hidreportdescriptor.h"
#include "core/hardware/keytext.h"
#include "core/hardware/ndef.h"
#include "core/hardware/yubikeyotp.h"
#include "core/webauthn/passkeyregistration.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QJsonObject>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

/// A card that says what the fuzzer has it say: each answer has two bytes of length before it.
class SpeakingCard : public SmartCard
{
public:
    explicit SpeakingCard(QByteArrayView answers)
        : m_answers(answers)
    {
    }

    Result<QByteArray> transmit(QByteArrayView command) override
    {
        if (command.size() > 261)
            std::abort(); // too long for a short APDU
        if (m_answers.size() < 2)
            return fail(ErrorKind::KeyCardMoved);
        const auto byte = [this](qsizetype i) {
            return static_cast<unsigned char>(m_answers[i]);
        };
        const qsizetype length = std::min<qsizetype>(byte(0) << 8 | byte(1), m_answers.size() - 2);
        const QByteArray answer = m_answers.sliced(2, length).toByteArray();
        m_answers = m_answers.sliced(2 + length);
        return answer;
    }

private:
    QByteArrayView m_answers;
};

void checkShown(const QString &text)
{
    for (const QChar c : text) {
        if (c.category() == QChar::Other_Control)
            std::abort();
    }
}

void insist(bool promise)
{
    if (!promise)
        std::abort();
}

MakeCredentialRequest registration()
{
    return {.clientDataJson = "{}"_ba,
            .rpId = u"vault.example"_s,
            .rpName = u"Vault"_s,
            .userId = "user"_ba,
            .userName = u"name"_s,
            .userDisplayName = u"Name"_s,
            .algorithms = {-7, -8, -257}};
}

void checkInfo(const KeyInfo &info)
{
    insist(info.fido2 == !info.aaguid.isEmpty());
    insist(!info.versions.isEmpty() && !info.algorithms.isEmpty());
    insist(info.minPinLength >= 4 && info.minPinLength <= 63);
    insist(info.maxMessageSize >= 0 && info.maxCredentialsInList >= 0
           && info.maxCredentialIdLength >= 0 && info.remainingSlots.value_or(0) >= 0);
    for (const QStringList &texts : {info.versions, info.extensions, info.transports}) {
        for (const QString &text : texts)
            checkShown(text);
    }
}

/// What a server would get of it is whole, whatever the key wrote into its attestation.
void checkCredential(const MakeCredentialReply &made)
{
    insist(!made.credentialId.isEmpty() && made.authenticatorData.size() > 37);
    insist(made.authenticatorData.contains(made.credentialId));
    insist(made.publicKey.algorithm != 0 && !made.publicKey.bytes.isEmpty());
    PasskeyRegistration registering;
    registering.request = registration();
    for (const bool wanted : {false, true}) {
        registering.attestationWanted = wanted;
        const auto response = deviceResponse(registering, made);
        if (!response)
            continue;
        const QByteArray object = QByteArray::fromBase64(response->value("response"_L1)
                                                             .toObject()
                                                             .value("AttestationObject"_L1)
                                                             .toString()
                                                             .toLatin1(),
                                                         QByteArray::Base64UrlEncoding);
        QCborParserError error;
        const QCborMap map = QCborValue::fromCbor(object, &error).toMap();
        insist(error.error == QCborError::NoError && error.offset == object.size());
        insist(map.size() == 3 && map.value(u"attStmt"_s).isMap());
        insist(wanted || map.value(u"fmt"_s) == u"none"_s);
    }
}

/// One answer of a card, as SpeakingCard reads it.
QByteArray said(QByteArrayView message)
{
    QByteArray answer = message.toByteArray() + QByteArray::fromHex("9000");
    const auto size = static_cast<quint16>(answer.size());
    answer.prepend(static_cast<char>(size & 0xff));
    answer.prepend(static_cast<char>(size >> 8));
    return answer;
}

/// Only what a key says of itself; so deep the fuzzer would hardly come by itself.
void speakInfo(QByteArrayView info)
{
    if (info.size() > 1900)
        return; // libfido2 takes no more
    const QByteArray answers = said("FIDO_2_0"_ba) + said(info) + said(info);
    CtapDevice key(u"Key"_s, {});
    if (!key.open(std::unique_ptr<SmartCard>(std::make_unique<SpeakingCard>(answers))))
        return;
    if (const auto told = key.info())
        checkInfo(*told);
}

QCborMap algorithm(int number)
{
    return {{u"alg"_s, number}, {u"type"_s, u"public-key"_s}};
}

/// Only what a key makes of a registration.
void speakAttestation(QByteArrayView attestation)
{
    if (attestation.size() > 4000)
        return;
    static const QByteArray info = QByteArray(1, '\0')
        + QCborMap{{1, QCborArray{u"FIDO_2_0"_s}},
                   {3, QByteArray(16, 'a')},
                   {10, QCborArray{algorithm(-7), algorithm(-8), algorithm(-257)}}}
              .toCborValue()
              .toCbor();
    const QByteArray answers = said("FIDO_2_0"_ba) + said(info) + said(info) + said(attestation);
    CtapDevice key(u"Key"_s, {});
    insist(
        key.open(std::unique_ptr<SmartCard>(std::make_unique<SpeakingCard>(answers))).has_value());
    if (const auto made = key.makeCredential(registration(), {}))
        checkCredential(*made);
}

void readOtp(QByteArrayView answers)
{
    SpeakingCard card(answers);
    const auto otp = readYubikeyOtp(card);
    if (otp && otp->size() != 44)
        std::abort();
}

void speakCtap(QByteArrayView answers)
{
    CtapDevice key(u"Key"_s, {});
    const auto opened = key.open(
        std::unique_ptr<SmartCard>(std::make_unique<SpeakingCard>(answers)));
    if (!opened)
        return;
    if (const auto info = key.info())
        checkInfo(*info);
    GetAssertionRequest login{.clientDataJson = "{}"_ba,
                              .rpId = u"vault.example"_s,
                              .allowCredentials = {"id"_ba}};
    QList<KnownCredential> known{{.rpId = login.rpId, .id = "id"_ba}};
    if (const auto made = key.makeCredential(registration(), {})) {
        checkCredential(*made);
        login.verifyWith = made->publicKey;
        known.append({.rpId = login.rpId, .id = made->credentialId, .publicKey = made->publicKey});
    }
    const auto assertion = key.getAssertion(login, {});
    insist(!assertion || assertion->credentialId == "id"_ba);
    // Nobody guesses a signature.
    const auto held = key.recognize(known, {});
    insist(!held || held->proven.isEmpty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    switch (data[0] % 9) {
    case 0: (void)describesSecurityKey(bytes); break;
    case 1: (void)textOfNdefMessage(bytes); break;
    case 2:
        (void)parseCapabilityContainer(bytes);
        (void)otpInNdefText(bytes);
        break;
    case 3:
        (void)parseApduAnswer(bytes);
        (void)parseExtendedApdu(bytes);
        break;
    case 4: readOtp(bytes); break;
    case 5: speakCtap(bytes); break;
    case 7: speakInfo(bytes); break;
    case 8: speakAttestation(bytes); break;
    default: checkShown(shownKeyText(bytes)); break;
    }
    return 0;
}
