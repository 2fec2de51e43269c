// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/clientpin.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Members of the request and of the answer.
constexpr int Protocol = 1;
constexpr int Subcommand = 2;
constexpr int KeyAgreement = 3;
constexpr int Parameter = 4;
constexpr int NewPinEncrypted = 5;
constexpr int PinHashEncrypted = 6;
constexpr int Permissions = 9;
constexpr int RpId = 10;
constexpr int AnswerKeyAgreement = 1;
constexpr int AnswerToken = 2;
constexpr int AnswerRetries = 3;
constexpr int AnswerPowerCycle = 4;
constexpr int AnswerFingerRetries = 5;

constexpr int EcdhEsHkdf256 = -25;
constexpr int PaddedPinSize = 64;

QByteArray bytesOf(const QCborMap &request, int member)
{
    if (!request.contains(member))
        throw CtapRefusal{CtapStatus::MissingParameter};
    const QCborValue value = request.value(member);
    if (!value.isByteArray())
        throw CtapRefusal{CtapStatus::CborUnexpectedType};
    return value.toByteArray();
}

QByteArray authenticate(int protocol, const QByteArray &key, const QByteArray &message)
{
    const QByteArray mac = hmacSha256(key, message);
    return protocol == 1 ? mac.left(16) : mac;
}

} // namespace

struct ClientPin::Secret
{
    int protocol;
    QByteArray macKey;
    QByteArray aesKey;

    [[nodiscard]] QByteArray encrypt(const QByteArray &plain) const
    {
        if (protocol == 1)
            return aesEncrypt(aesKey, QByteArray(16, '\0'), plain);
        const QByteArray iv = randomBytes(16);
        return iv + aesEncrypt(aesKey, iv, plain);
    }

    [[nodiscard]] QByteArray decrypt(const QByteArray &cipher) const
    {
        const QByteArray iv = protocol == 1 ? QByteArray(16, '\0') : cipher.left(16);
        const QByteArray rest = protocol == 1 ? cipher : cipher.mid(16);
        if (iv.size() != 16 || rest.isEmpty() || rest.size() % 16 != 0)
            throw CtapRefusal{CtapStatus::InvalidParameter};
        return aesDecrypt(aesKey, iv, rest);
    }

    void verify(const QByteArray &parameter, const QByteArray &message) const
    {
        if (parameter != authenticate(protocol, macKey, message))
            throw CtapRefusal{CtapStatus::PinAuthInvalid};
    }
};

ClientPin::ClientPin(Rules rules)
    : m_rules(std::move(rules))
    , m_agreementKey(KeyPair::make(Cose::Es256))
    , m_token(randomBytes(32))
{
}

void ClientPin::set(const QString &pin)
{
    m_pinHash = pin.isEmpty() ? QByteArray() : sha256(pin.toUtf8()).left(16);
    m_retries = MostTries;
    m_failuresInARow = 0;
    m_changeForced = false;
}

void ClientPin::powerCycle()
{
    m_failuresInARow = 0;
    newAgreementKey();
    m_token = randomBytes(32);
    useUp();
}

void ClientPin::reset()
{
    set({});
    m_fingerTries = MostFingerTries;
    powerCycle();
}

void ClientPin::newAgreementKey()
{
    m_agreementKey = KeyPair::make(Cose::Es256);
}

ClientPin::Secret ClientPin::secretFor(const QCborMap &request) const
{
    const int protocol = static_cast<int>(request.value(Protocol).toInteger());
    if (!m_rules.protocols.contains(protocol))
        throw CtapRefusal{CtapStatus::InvalidParameter};
    if (!request.contains(KeyAgreement))
        throw CtapRefusal{CtapStatus::MissingParameter};
    const QByteArray x = m_agreementKey.agree(request.value(KeyAgreement).toMap());
    if (x.isEmpty())
        throw CtapRefusal{CtapStatus::InvalidParameter};
    if (protocol == 1) {
        const QByteArray key = sha256(x);
        return {protocol, key, key};
    }
    return {protocol, hkdfSha256(x, "CTAP2 HMAC key"_ba), hkdfSha256(x, "CTAP2 AES key"_ba)};
}

void ClientPin::store(const QByteArray &padded)
{
    if (padded.size() != PaddedPinSize)
        throw CtapRefusal{CtapStatus::InvalidParameter};
    const qsizetype end = padded.indexOf('\0');
    const QByteArray pin = padded.left(end);
    if (end < 0 || QString::fromUtf8(pin).toUcs4().size() < m_rules.shortest)
        throw CtapRefusal{CtapStatus::PinPolicyViolation};
    if (m_rules.refused.contains(QString::fromUtf8(pin)))
        throw CtapRefusal{CtapStatus::PinPolicyViolation};
    set(QString::fromUtf8(pin));
}

void ClientPin::tryPin(const Secret &secret, const QByteArray &encryptedHash)
{
    // The count goes down first, so that pulling the key does not give a try back.
    --m_retries;
    if (secret.decrypt(encryptedHash) == m_pinHash) {
        m_retries = MostTries;
        m_fingerTries = MostFingerTries;
        m_failuresInARow = 0;
        return;
    }
    newAgreementKey();
    ++m_failuresInARow;
    if (m_retries == 0)
        throw CtapRefusal{CtapStatus::PinBlocked};
    if (m_failuresInARow >= TriesInOneSession)
        throw CtapRefusal{CtapStatus::PinAuthBlocked};
    throw CtapRefusal{CtapStatus::PinInvalid};
}

void ClientPin::refuseIfChangeIsForced() const
{
    if (m_changeForced)
        throw CtapRefusal{CtapStatus::PinPolicyViolation};
}

bool ClientPin::tryFinger()
{
    m_fingerTries = m_fingerIsKnown ? MostFingerTries : m_fingerTries - 1;
    return m_fingerIsKnown;
}

QCborMap ClientPin::newToken(const Secret &secret, int permissions, const QString &rpId)
{
    m_token = randomBytes(32);
    m_tokenPermissions = permissions;
    m_tokenRpId = rpId;
    return {{AnswerToken, secret.encrypt(m_token)}};
}

QCborMap ClientPin::handle(const QCborMap &request)
{
    const int protocol = static_cast<int>(request.value(Protocol).toInteger());
    const auto blocked = [this] {
        if (m_retries == 0)
            throw CtapRefusal{CtapStatus::PinBlocked};
        if (m_failuresInARow >= TriesInOneSession)
            throw CtapRefusal{CtapStatus::PinAuthBlocked};
    };

    switch (request.value(Subcommand).toInteger(-1)) {
    case 0x01: // getPINRetries
        return {{AnswerRetries, m_retries},
                {AnswerPowerCycle, m_failuresInARow >= TriesInOneSession}};
    case 0x02: // getKeyAgreement
        if (!m_rules.protocols.contains(protocol))
            throw CtapRefusal{CtapStatus::InvalidParameter};
        return {{AnswerKeyAgreement, m_agreementKey.coseKey(EcdhEsHkdf256)}};
    case 0x03: { // setPIN
        const Secret secret = secretFor(request);
        const QByteArray newPin = bytesOf(request, NewPinEncrypted);
        const QByteArray parameter = bytesOf(request, Parameter);
        if (isSet())
            throw CtapRefusal{CtapStatus::PinAuthInvalid};
        secret.verify(parameter, newPin);
        store(secret.decrypt(newPin));
        return {};
    }
    case 0x04: { // changePIN
        const Secret secret = secretFor(request);
        const QByteArray newPin = bytesOf(request, NewPinEncrypted);
        const QByteArray hash = bytesOf(request, PinHashEncrypted);
        const QByteArray parameter = bytesOf(request, Parameter);
        if (!isSet())
            throw CtapRefusal{CtapStatus::PinNotSet};
        blocked();
        secret.verify(parameter, newPin + hash);
        tryPin(secret, hash);
        store(secret.decrypt(newPin));
        m_token = randomBytes(32);
        useUp();
        return {};
    }
    case 0x05: { // getPinToken, as of CTAP 2.0
        const Secret secret = secretFor(request);
        const QByteArray hash = bytesOf(request, PinHashEncrypted);
        if (!isSet())
            throw CtapRefusal{CtapStatus::PinNotSet};
        blocked();
        tryPin(secret, hash);
        refuseIfChangeIsForced();
        return newToken(secret,
                        Permission::MakeCredential | Permission::GetAssertion
                            | (m_rules.permissions ? 0 : Permission::CredentialManagement),
                        {});
    }
    case 0x07: // getUVRetries
        if (!m_rules.fingerprint)
            throw CtapRefusal{CtapStatus::InvalidSubcommand};
        return {{AnswerFingerRetries, m_fingerTries}};
    case 0x06:   // getPinUvAuthTokenUsingUvWithPermissions
    case 0x09: { // getPinUvAuthTokenUsingPinWithPermissions
        const bool byFinger = request.value(Subcommand).toInteger() == 0x06;
        if (!m_rules.permissions || (byFinger && !m_rules.fingerprint))
            throw CtapRefusal{CtapStatus::InvalidSubcommand};
        const Secret secret = secretFor(request);
        const int permissions = static_cast<int>(request.value(Permissions).toInteger());
        const QString rpId = request.value(RpId).toString();
        constexpr int Known = Permission::MakeCredential | Permission::GetAssertion
            | Permission::CredentialManagement;
        if (permissions == 0)
            throw CtapRefusal{CtapStatus::InvalidParameter};
        if ((permissions & ~Known) != 0)
            throw CtapRefusal{CtapStatus::UnauthorizedPermission};
        if ((permissions & (Permission::MakeCredential | Permission::GetAssertion)) != 0
            && rpId.isEmpty())
            throw CtapRefusal{CtapStatus::MissingParameter};
        if (byFinger) {
            if (!hasFingerTries())
                throw CtapRefusal{CtapStatus::UvBlocked};
            if (!tryFinger())
                throw CtapRefusal{CtapStatus::UvInvalid};
            return newToken(secret, permissions, rpId);
        }
        const QByteArray hash = bytesOf(request, PinHashEncrypted);
        if (!isSet())
            throw CtapRefusal{CtapStatus::PinNotSet};
        blocked();
        tryPin(secret, hash);
        refuseIfChangeIsForced();
        return newToken(secret, permissions, rpId);
    }
    default: throw CtapRefusal{CtapStatus::InvalidSubcommand};
    }
}

void ClientPin::check(int protocol, const QByteArray &parameter, const QByteArray &message,
                      int permission, const QString &rpId)
{
    if (!m_rules.protocols.contains(protocol))
        throw CtapRefusal{CtapStatus::InvalidParameter};
    if (m_proofsToRefuse > 0) {
        --m_proofsToRefuse;
        throw CtapRefusal{CtapStatus::PinAuthInvalid};
    }
    if (parameter != authenticate(protocol, m_token, message)
        || (m_tokenPermissions & permission) == 0)
        throw CtapRefusal{CtapStatus::PinAuthInvalid};
    if (!m_tokenRpId.isEmpty() && m_tokenRpId != rpId)
        throw CtapRefusal{CtapStatus::PinAuthInvalid};
    if (m_tokenRpId.isEmpty() && permission != Permission::CredentialManagement)
        m_tokenRpId = rpId;
}

void ClientPin::useUp()
{
    m_tokenPermissions = 0;
    m_tokenRpId.clear();
}

} // namespace Sparekey
