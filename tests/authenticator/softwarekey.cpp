// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/softwarekey.h"

#include <QCborValue>
#include <QtEndian>

#include <thread>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Flags of the authenticator data (WebAuthn, section 6.1).
constexpr quint8 UserPresent = 0x01;
constexpr quint8 UserVerified = 0x04;
constexpr quint8 AttestedCredential = 0x40;
constexpr quint8 ExtensionData = 0x80;

template<class Number>
QByteArray bigEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

enum class Kind {
    Bytes,
    Text,
    Map,
    Array,
};

QCborValue member(const QCborMap &request, int key, Kind kind)
{
    if (!request.contains(key))
        throw CtapRefusal{CtapStatus::MissingParameter};
    const QCborValue value = request.value(key);
    const bool right = (kind == Kind::Bytes && value.isByteArray())
        || (kind == Kind::Text && value.isString()) || (kind == Kind::Map && value.isMap())
        || (kind == Kind::Array && value.isArray());
    if (!right)
        throw CtapRefusal{CtapStatus::CborUnexpectedType};
    return value;
}

QCborMap parsed(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(bytes, &error);
    if (error.error != QCborError::NoError || error.offset != bytes.size())
        throw CtapRefusal{CtapStatus::InvalidCbor};
    if (!value.isMap())
        throw CtapRefusal{CtapStatus::CborUnexpectedType};
    return value.toMap();
}

QByteArray idOf(const QCborValue &descriptor)
{
    return descriptor.toMap().value(u"id"_s).toByteArray();
}

QByteArray answer(CtapStatus status, const QCborMap &map = {})
{
    QByteArray bytes(1, static_cast<char>(status));
    if (!map.isEmpty())
        bytes += map.toCborValue().toCbor();
    return bytes;
}

} // namespace

SoftwareKey::SoftwareKey(SoftwareKeyTraits traits)
    : m_traits(std::move(traits))
    , m_alwaysUv(m_traits.alwaysUv)
    , m_pin({.protocols = m_traits.pinProtocols,
             .permissions = m_traits.permissions,
             .shortest = m_traits.shortestPin,
             .refused = m_traits.refusedPins,
             .fingerprint = m_traits.fingerprint})
    , m_attestationKey(KeyPair::make(Cose::Es256))
    , m_certificate(attestationCertificate(m_attestationKey, m_traits.aaguid))
{
    m_sincePower.start();
}

QByteArray SoftwareKey::ctap2(const QByteArray &message, Presence &presence)
{
    Lock lock(m_mutex);
    if (!m_traits.ctap2 || message.isEmpty())
        return answer(CtapStatus::InvalidCommand);
    const auto command = static_cast<CtapCommand>(message.front());
    ++m_commandCounts[command];
    if (command != CtapCommand::GetNextAssertion)
        m_nextAssertions.clear();
    const QByteArray encoded = message.mid(1);
    if (message.size() > m_traits.maxMessageSize)
        return answer(CtapStatus::RequestTooLarge);
    try {
        refuseIfToldSo(command);
        switch (command) {
        case CtapCommand::MakeCredential:
            return answer(CtapStatus::Ok, makeCredential(parsed(encoded), presence, lock));
        case CtapCommand::GetAssertion:
            return answer(CtapStatus::Ok, getAssertion(parsed(encoded), presence, lock));
        case CtapCommand::GetNextAssertion: return answer(CtapStatus::Ok, getNextAssertion());
        case CtapCommand::GetInfo: return answer(CtapStatus::Ok, getInfo());
        case CtapCommand::ClientPin:
            if (!m_traits.clientPin && !m_traits.fingerprint)
                return answer(CtapStatus::InvalidCommand);
            return answer(CtapStatus::Ok, m_pin.handle(parsed(encoded)));
        case CtapCommand::Reset: reset(presence, lock); return answer(CtapStatus::Ok);
        case CtapCommand::Selection: wait(presence, lock); return answer(CtapStatus::Ok);
        case CtapCommand::CredentialManagement:
            if (!m_traits.credentialManagement || m_traits.credentialManagementPreview)
                return answer(CtapStatus::InvalidCommand);
            return answer(CtapStatus::Ok, manageCredentials(encoded));
        case CtapCommand::CredentialManagementPreview:
            // Newer keys understand the older number as well; libfido2 1.12 sends no other.
            if (!m_traits.credentialManagement)
                return answer(CtapStatus::InvalidCommand);
            return answer(CtapStatus::Ok, manageCredentials(encoded));
        }
        return answer(CtapStatus::InvalidCommand);
    } catch (const CtapRefusal &refusal) {
        return answer(refusal.status);
    }
}

QCborMap SoftwareKey::getInfo() const
{
    QCborArray versions;
    if (m_traits.u2f)
        versions.append(u"U2F_V2"_s);
    versions.append(u"FIDO_2_0"_s);
    if (m_traits.permissions)
        versions.append(u"FIDO_2_1"_s);
    else if (m_traits.credentialManagementPreview)
        versions.append(u"FIDO_2_1_PRE"_s);

    // Canonical order: shorter names first.
    QCborMap options{{u"rk"_s, m_traits.discoverable}, {u"up"_s, true}};
    if (m_traits.fingerprint)
        options.insert(u"uv"_s, true);
    if (m_alwaysUv)
        options.insert(u"alwaysUv"_s, true);
    if (m_traits.credentialManagement && !m_traits.credentialManagementPreview)
        options.insert(u"credMgmt"_s, true);
    if (m_traits.clientPin)
        options.insert(u"clientPin"_s, m_pin.isSet());
    if (m_traits.permissions)
        options.insert(u"pinUvAuthToken"_s, true);
    // A key that always wants the PIN says the contrary of this (CTAP 2.1, section 7.2).
    options.insert(u"makeCredUvNotRqd"_s, m_traits.makeCredUvNotRqd && !m_alwaysUv);
    if (m_traits.credentialManagementPreview)
        options.insert(u"credentialMgmtPreview"_s, true);

    QCborArray protocols;
    for (const int protocol : m_traits.pinProtocols)
        protocols.append(protocol);
    QCborArray transports;
    for (const QString &transport : m_traits.transports)
        transports.append(transport);
    QCborArray algorithms;
    for (const int algorithm : m_traits.algorithms)
        algorithms.append(QCborMap{{u"alg"_s, algorithm}, {u"type"_s, u"public-key"_s}});

    QCborMap info{{1, versions},
                  {2, QCborArray{u"credProtect"_s}},
                  {3, m_traits.aaguid},
                  {4, options},
                  {5, m_traits.maxMessageSize}};
    if (m_traits.clientPin || m_traits.fingerprint)
        info.insert(6, protocols);
    info.insert(7, m_traits.maxCredentialsInList);
    info.insert(8, m_traits.maxCredentialIdLength);
    info.insert(9, transports);
    if (m_traits.tellsAlgorithms)
        info.insert(10, algorithms);
    if (m_traits.clientPin) {
        info.insert(12, m_pin.isChangeForced());
        info.insert(13, m_pin.shortest());
    }
    info.insert(14, m_traits.firmwareVersion);
    if (m_traits.discoverable)
        info.insert(20, m_traits.discoverableSlots - m_store.discoverableCount());
    return info;
}

void SoftwareKey::wait(Presence &presence, Lock &lock)
{
    lock.unlock();
    const Presence::Answer answer = presence.await();
    lock.lock();
    switch (answer) {
    case Presence::Answer::Touched: return;
    case Presence::Answer::Declined: throw CtapRefusal{CtapStatus::OperationDenied};
    case Presence::Answer::TooLate: throw CtapRefusal{CtapStatus::UserActionTimeout};
    case Presence::Answer::Canceled: throw CtapRefusal{CtapStatus::KeepaliveCancel};
    }
}

/// An empty parameter asks for a touch only: how older platforms let a person choose a key.
void SoftwareKey::refuseIfOnlyTouchIsAsked(const QCborMap &request, int parameter,
                                           Presence &presence, Lock &lock) const
{
    const QCborValue value = request.value(parameter);
    if (!value.isByteArray() || !value.toByteArray().isEmpty())
        return;
    wait(presence, lock);
    throw CtapRefusal{m_pin.isSet() ? CtapStatus::PinInvalid : CtapStatus::PinNotSet};
}

void SoftwareKey::refuseIfToldSo(CtapCommand command)
{
    const auto found = m_toRefuse.find(command);
    if (found == m_toRefuse.end())
        return;
    const CtapStatus status = found->second;
    m_toRefuse.erase(found);
    throw CtapRefusal{status};
}

/// What a real key needs for its cryptography.
void SoftwareKey::work(Lock &lock) const
{
    if (m_workingTime.count() == 0)
        return;
    const auto time = m_workingTime;
    lock.unlock();
    std::this_thread::sleep_for(time);
    lock.lock();
}

/// @return whether the option `uv` was set, and the finger was right (CTAP 2.1, 6.1.2 step 11).
bool SoftwareKey::verifyByFinger(const QCborMap &request, int parameter, int optionsParameter)
{
    const QCborMap options = request.value(optionsParameter).toMap();
    if (!options.value(u"uv"_s).toBool() || request.contains(parameter))
        return false;
    if (!m_traits.fingerprint)
        throw CtapRefusal{CtapStatus::InvalidOption};
    if (!m_pin.hasFingerTries())
        throw CtapRefusal{CtapStatus::PinRequired};
    if (!m_pin.tryFinger())
        throw CtapRefusal{CtapStatus::OperationDenied};
    return true;
}

/// @return whether the PIN was given, and right.
bool SoftwareKey::verifyUser(const QCborMap &request, int parameter, int permission,
                             const QString &rpId)
{
    constexpr int HashInMakeCredential = 1;
    constexpr int HashInGetAssertion = 2;
    if (!request.contains(parameter))
        return false;
    const QByteArray hash = member(request,
                                   permission == Permission::MakeCredential ? HashInMakeCredential
                                                                            : HashInGetAssertion,
                                   Kind::Bytes)
                                .toByteArray();
    const QByteArray proof = member(request, parameter, Kind::Bytes).toByteArray();
    if (!request.contains(parameter + 1))
        throw CtapRefusal{CtapStatus::MissingParameter};
    if (!m_pin.isSet() && !m_traits.fingerprint)
        throw CtapRefusal{CtapStatus::PinNotSet};
    m_pin.check(static_cast<int>(request.value(parameter + 1).toInteger()), proof, hash, permission,
                rpId);
    return true;
}

QCborMap SoftwareKey::makeCredential(const QCborMap &request, Presence &presence, Lock &lock)
{
    constexpr int PinParameter = 8;
    constexpr int OptionsParameter = 7;
    refuseIfOnlyTouchIsAsked(request, PinParameter, presence, lock);
    const QByteArray clientDataHash = member(request, 1, Kind::Bytes).toByteArray();
    const QCborMap rp = member(request, 2, Kind::Map).toMap();
    const QCborMap user = member(request, 3, Kind::Map).toMap();
    const QCborArray wanted = member(request, 4, Kind::Array).toArray();
    const QString rpId = rp.value(u"id"_s).toString();
    const QByteArray userId = user.value(u"id"_s).toByteArray();
    if (clientDataHash.size() != 32 || rpId.isEmpty())
        throw CtapRefusal{CtapStatus::InvalidParameter};
    if (userId.isEmpty() || userId.size() > 64)
        throw CtapRefusal{CtapStatus::InvalidParameter};

    int algorithm = 0;
    for (const QCborValue &parameter : wanted) {
        const auto offered = static_cast<int>(parameter.toMap().value(u"alg"_s).toInteger());
        if (m_traits.algorithms.contains(offered)) {
            algorithm = offered;
            break;
        }
    }
    if (algorithm == 0)
        throw CtapRefusal{CtapStatus::UnsupportedAlgorithm};

    const QCborMap options = request.value(OptionsParameter).toMap();
    if (options.contains(u"up"_s) && !options.value(u"up"_s).toBool(true))
        throw CtapRefusal{CtapStatus::InvalidOption};
    const bool discoverable = options.value(u"rk"_s).toBool();
    if (discoverable && !m_traits.discoverable)
        throw CtapRefusal{CtapStatus::UnsupportedOption};

    const bool verified = verifyByFinger(request, PinParameter, OptionsParameter)
        || verifyUser(request, PinParameter, Permission::MakeCredential, rpId);
    if (!verified) {
        if (m_alwaysUv)
            throw CtapRefusal{CtapStatus::PinRequired};
        if (m_pin.isSet() && (discoverable || !m_traits.makeCredUvNotRqd))
            throw CtapRefusal{CtapStatus::PinRequired};
    }

    const QByteArray rpIdHash = sha256(rpId.toUtf8());
    const QCborArray excluded = request.value(5).toArray();
    if (excluded.size() > m_traits.maxCredentialsInList)
        throw CtapRefusal{CtapStatus::LimitExceeded};
    for (const QCborValue &descriptor : excluded) {
        const StoredCredential *known = m_store.byId(idOf(descriptor));
        if (known != nullptr && known->rpIdHash == rpIdHash
            && (known->protection != 3 || verified)) {
            wait(presence, lock);
            throw CtapRefusal{CtapStatus::CredentialExcluded};
        }
    }
    wait(presence, lock);
    if (discoverable && m_store.discoverableCount() >= m_traits.discoverableSlots
        && !m_store.replaces(rpIdHash, user))
        throw CtapRefusal{CtapStatus::KeyStoreFull};
    m_pin.useUp();
    work(lock);

    const QCborMap extensions = request.value(6).toMap();
    const auto protection = static_cast<int>(extensions.value(u"credProtect"_s).toInteger(0));
    StoredCredential &credential = m_store.add({.id = randomBytes(m_traits.credentialIdLength),
                                                .rpIdHash = rpIdHash,
                                                .rpId = rpId,
                                                .rp = rp,
                                                .user = user,
                                                .key = KeyPair::make(algorithm),
                                                .discoverable = discoverable,
                                                .protection = protection});

    quint8 flags = UserPresent | AttestedCredential;
    if (verified)
        flags |= UserVerified;
    if (protection != 0)
        flags |= ExtensionData;
    QByteArray authData = rpIdHash + static_cast<char>(flags) + bigEndian(credential.counter)
        + m_traits.aaguid + bigEndian(static_cast<quint16>(credential.id.size())) + credential.id
        + credential.key.coseKey().toCborValue().toCbor();
    if (protection != 0)
        authData += QCborMap{{u"credProtect"_s, protection}}.toCborValue().toCbor();
    return attest(credential, authData, clientDataHash);
}

QCborMap SoftwareKey::attest(const StoredCredential &credential, const QByteArray &authData,
                             const QByteArray &clientDataHash) const
{
    const QByteArray toSign = authData + clientDataHash;
    switch (m_traits.attestation) {
    case SoftwareKeyTraits::Attestation::None: break;
    case SoftwareKeyTraits::Attestation::PackedSelf:
        return {{1, u"packed"_s},
                {2, authData},
                {3,
                 QCborMap{{u"alg"_s, credential.key.algorithm()},
                          {u"sig"_s, credential.key.sign(toSign)}}}};
    case SoftwareKeyTraits::Attestation::PackedCertificate:
        return {{1, u"packed"_s},
                {2, authData},
                {3,
                 QCborMap{{u"alg"_s, Cose::Es256},
                          {u"sig"_s, m_attestationKey.sign(toSign)},
                          {u"x5c"_s, QCborArray{m_certificate}}}}};
    }
    return {{1, u"none"_s}, {2, authData}, {3, QCborMap{}}};
}

std::vector<StoredCredential *>
SoftwareKey::applicable(const QByteArray &rpIdHash, const QCborArray &allowed, bool userVerified)
{
    std::vector<StoredCredential *> found;
    if (allowed.isEmpty()) {
        found = m_store.discoverable(rpIdHash);
    } else {
        for (const QCborValue &descriptor : allowed) {
            StoredCredential *credential = m_store.byId(idOf(descriptor));
            if (credential != nullptr && credential->rpIdHash == rpIdHash)
                found.push_back(credential);
        }
    }
    std::erase_if(found, [&](const StoredCredential *credential) {
        const bool hidden = credential->protection == 3
            || (credential->protection == 2 && allowed.isEmpty());
        return hidden && !userVerified;
    });
    return found;
}

QCborMap SoftwareKey::getAssertion(const QCborMap &request, Presence &presence, Lock &lock)
{
    constexpr int PinParameter = 6;
    constexpr int OptionsParameter = 5;
    refuseIfOnlyTouchIsAsked(request, PinParameter, presence, lock);
    const QString rpId = member(request, 1, Kind::Text).toString();
    const QByteArray clientDataHash = member(request, 2, Kind::Bytes).toByteArray();
    if (clientDataHash.size() != 32)
        throw CtapRefusal{CtapStatus::InvalidParameter};
    const QCborMap options = request.value(OptionsParameter).toMap();
    if (options.contains(u"rk"_s))
        throw CtapRefusal{CtapStatus::UnsupportedOption};
    const bool wantsTouch = options.value(u"up"_s).toBool(true);

    const bool verified = verifyByFinger(request, PinParameter, OptionsParameter)
        || verifyUser(request, PinParameter, Permission::GetAssertion, rpId);
    if (m_alwaysUv && !verified && wantsTouch)
        throw CtapRefusal{CtapStatus::PinRequired};

    const QCborArray allowed = request.value(3).toArray();
    if (allowed.size() > m_traits.maxCredentialsInList)
        throw CtapRefusal{CtapStatus::LimitExceeded};
    const QByteArray rpIdHash = sha256(rpId.toUtf8());
    // Most keys ask for the touch before they tell that they know none of the credentials.
    if (wantsTouch) {
        wait(presence, lock);
        work(lock);
    }
    for (const QCborValue &descriptor : allowed)
        pretendToHold(idOf(descriptor), rpIdHash);
    const auto found = applicable(rpIdHash, allowed, verified);
    if (found.empty())
        throw CtapRefusal{CtapStatus::NoCredentials};
    if (wantsTouch)
        m_pin.useUp();

    const auto flags = static_cast<quint8>((wantsTouch ? UserPresent : 0)
                                           | (verified ? UserVerified : 0));
    if (!allowed.isEmpty())
        return sign({found.front()->id, clientDataHash, flags, false}, 1);
    const bool several = found.size() > 1;
    for (const StoredCredential *credential : found)
        m_nextAssertions.append({credential->id, clientDataHash, flags, verified && several});
    return sign(m_nextAssertions.takeFirst(), static_cast<int>(found.size()));
}

QCborMap SoftwareKey::getNextAssertion()
{
    if (m_nextAssertions.isEmpty())
        throw CtapRefusal{CtapStatus::NotAllowed};
    return sign(m_nextAssertions.takeFirst(), 1);
}

QCborMap SoftwareKey::sign(const Assertion &assertion, int total)
{
    StoredCredential *credential = m_store.byId(assertion.credentialId);
    if (credential == nullptr)
        throw CtapRefusal{CtapStatus::NoCredentials};
    ++credential->counter;
    const QByteArray authData = credential->rpIdHash + static_cast<char>(assertion.flags)
        + bigEndian(credential->counter);
    QCborMap result{{1, QCborMap{{u"id"_s, credential->id}, {u"type"_s, u"public-key"_s}}},
                    {2, authData},
                    {3, credential->key.sign(authData + assertion.clientDataHash)}};
    if (credential->discoverable) {
        // Names go out only after the PIN.
        result.insert(4,
                      assertion.includesUser
                          ? credential->user
                          : QCborMap{{u"id"_s, credential->user.value(u"id"_s)}});
    }
    if (total > 1)
        result.insert(5, total);
    return result;
}

void SoftwareKey::reset(Presence &presence, Lock &lock)
{
    const std::chrono::milliseconds elapsed(m_sincePower.elapsed());
    if (elapsed + m_extraAge > m_traits.resetWindow)
        throw CtapRefusal{CtapStatus::NotAllowed};
    wait(presence, lock);
    m_store.clear();
    m_pin.reset();
    m_alwaysUv = m_traits.alwaysUv;
}

void SoftwareKey::powerCycle()
{
    const Lock lock(m_mutex);
    m_pin.powerCycle();
    m_nextAssertions.clear();
    m_nextRpIdHashes.clear();
    m_nextCredentialIds.clear();
    m_extraAge = {};
    m_sincePower.restart();
}

void SoftwareKey::setPin(const QString &pin)
{
    const Lock lock(m_mutex);
    m_pin.set(pin);
}

void SoftwareKey::setPinRetries(int tries)
{
    const Lock lock(m_mutex);
    m_pin.setTriesLeft(tries);
}

void SoftwareKey::setAlwaysUv(bool on)
{
    const Lock lock(m_mutex);
    m_alwaysUv = on;
}

void SoftwareKey::forcePinChange()
{
    const Lock lock(m_mutex);
    m_pin.forceChange();
}

void SoftwareKey::setFalse()
{
    const Lock lock(m_mutex);
    m_false = true;
}

void SoftwareKey::pretendToHold(const QByteArray &id, const QByteArray &rpIdHash)
{
    if (!m_false || m_store.byId(id) != nullptr)
        return;
    (void)m_store.add({.id = id,
                       .rpIdHash = rpIdHash,
                       .rpId = {},
                       .rp = {},
                       .user = {},
                       .key = KeyPair::make(Cose::Es256)});
}

void SoftwareKey::setFingerIsKnown(bool known)
{
    const Lock lock(m_mutex);
    m_pin.setFingerIsKnown(known);
}

void SoftwareKey::refuseProofs(int count)
{
    const Lock lock(m_mutex);
    m_pin.refuseProofs(count);
}

void SoftwareKey::refuseNext(CtapCommand command, CtapStatus status)
{
    const Lock lock(m_mutex);
    m_toRefuse[command] = status;
}

void SoftwareKey::setWorkingTime(std::chrono::milliseconds time)
{
    const Lock lock(m_mutex);
    m_workingTime = time;
}

void SoftwareKey::rewindCounters()
{
    const Lock lock(m_mutex);
    m_store.rewindCounters();
}

void SoftwareKey::age(std::chrono::milliseconds time)
{
    const Lock lock(m_mutex);
    m_extraAge += time;
}

int SoftwareKey::pinRetriesLeft() const
{
    const Lock lock(m_mutex);
    return m_pin.triesLeft();
}

bool SoftwareKey::hasPin() const
{
    const Lock lock(m_mutex);
    return m_pin.isSet();
}

int SoftwareKey::credentialCount() const
{
    const Lock lock(m_mutex);
    return m_store.count();
}

int SoftwareKey::discoverableCount() const
{
    const Lock lock(m_mutex);
    return m_store.discoverableCount();
}

int SoftwareKey::commandCount(CtapCommand command) const
{
    const Lock lock(m_mutex);
    const auto found = m_commandCounts.find(command);
    return found == m_commandCounts.end() ? 0 : found->second;
}

} // namespace Sparekey
