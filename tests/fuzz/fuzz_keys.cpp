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
    const auto info = key.info();
    if (info) {
        for (const QString &version : info->versions)
            checkShown(version);
        if (info->minPinLength < 4 || info->minPinLength > 63)
            std::abort();
    }
    const MakeCredentialRequest registration{.clientDataJson = "{}"_ba,
                                             .rpId = u"vault.example"_s,
                                             .rpName = u"Vault"_s,
                                             .userId = "user"_ba,
                                             .userName = u"name"_s,
                                             .userDisplayName = u"Name"_s,
                                             .algorithms = {-7, -8, -257}};
    const auto made = key.makeCredential(registration, {});
    if (made && (made->credentialId.isEmpty() || made->authenticatorData.size() < 37))
        std::abort();
    const GetAssertionRequest login{.clientDataJson = "{}"_ba,
                                    .rpId = u"vault.example"_s,
                                    .allowCredentials = {"id"_ba}};
    const auto assertion = key.getAssertion(login, {});
    if (assertion && assertion->credentialId != "id"_ba)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    switch (data[0] % 7) {
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
    default: checkShown(shownKeyText(bytes)); break;
    }
    return 0;
}
