// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The commands 0x0a and 0x41 of a key (CTAP 2.1, section 6.8).

#include "tests/authenticator/softwarekey.h"

#include <QCborValue>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Members of the request.
constexpr int Subcommand = 1;
constexpr int Parameters = 2;
constexpr int PinProtocol = 3;
constexpr int PinParameter = 4;
// Members of the parameters.
constexpr int RpIdHash = 1;
constexpr int CredentialId = 2;
constexpr int User = 3;

QCborMap describe(const StoredCredential &credential)
{
    QCborMap map{{6, credential.user},
                 {7, QCborMap{{u"id"_s, credential.id}, {u"type"_s, u"public-key"_s}}},
                 {8, credential.key.coseKey()}};
    return map;
}

QByteArray idIn(const QCborMap &parameters)
{
    return parameters.value(CredentialId).toMap().value(u"id"_s).toByteArray();
}

/// What is signed beside the subcommand. Encoding keeps the order of the members, and platforms
/// have to send them in canonical form.
QByteArray encodedParameters(const QCborMap &request)
{
    return request.contains(Parameters) ? request.value(Parameters).toCbor() : QByteArray();
}

} // namespace

QCborMap SoftwareKey::manageCredentials(const QByteArray &encoded)
{
    QCborParserError error;
    const QCborMap request = QCborValue::fromCbor(encoded, &error).toMap();
    if (error.error != QCborError::NoError)
        throw CtapRefusal{CtapStatus::InvalidCbor};
    const auto subcommand = static_cast<int>(request.value(Subcommand).toInteger(-1));
    const QCborMap parameters = request.value(Parameters).toMap();

    const auto nextRp = [this](bool first, qsizetype total) {
        if (m_nextRpIdHashes.isEmpty())
            throw CtapRefusal{first ? CtapStatus::NoCredentials : CtapStatus::NotAllowed};
        const QByteArray hash = m_nextRpIdHashes.takeFirst();
        const auto found = m_store.discoverable(hash);
        if (found.empty())
            throw CtapRefusal{CtapStatus::NoCredentials};
        QCborMap map{{3, found.front()->rp}, {4, hash}};
        if (first)
            map.insert(5, total);
        return map;
    };
    const auto nextCredential = [this](bool first, qsizetype total) {
        if (m_nextCredentialIds.isEmpty())
            throw CtapRefusal{first ? CtapStatus::NoCredentials : CtapStatus::NotAllowed};
        const StoredCredential *credential = m_store.byId(m_nextCredentialIds.takeFirst());
        if (credential == nullptr)
            throw CtapRefusal{CtapStatus::NoCredentials};
        QCborMap map = describe(*credential);
        if (first)
            map.insert(9, total);
        if (credential->protection != 0)
            map.insert(10, credential->protection);
        return map;
    };

    // Going on needs no proof.
    if (subcommand == 0x03)
        return nextRp(false, 0);
    if (subcommand == 0x05)
        return nextCredential(false, 0);

    if (!m_pin.isSet() || !request.contains(PinParameter))
        throw CtapRefusal{CtapStatus::PinRequired};
    // A token may be for one site only.
    QString rpId;
    if (const StoredCredential *credential = m_store.byId(idIn(parameters)))
        rpId = credential->rpId;
    const auto ofSite = m_store.discoverable(parameters.value(RpIdHash).toByteArray());
    if (!ofSite.empty())
        rpId = ofSite.front()->rpId;
    m_pin.check(static_cast<int>(request.value(PinProtocol).toInteger()),
                request.value(PinParameter).toByteArray(),
                static_cast<char>(subcommand) + encodedParameters(request),
                Permission::CredentialManagement, rpId);

    switch (subcommand) {
    case 0x01: // getCredsMetadata
        return {{1, m_store.discoverableCount()},
                {2, m_traits.discoverableSlots - m_store.discoverableCount()}};
    case 0x02: { // enumerateRPsBegin
        m_nextRpIdHashes.clear();
        for (const StoredCredential *credential : m_store.allDiscoverable()) {
            if (!m_nextRpIdHashes.contains(credential->rpIdHash))
                m_nextRpIdHashes.append(credential->rpIdHash);
        }
        return nextRp(true, m_nextRpIdHashes.size());
    }
    case 0x04: { // enumerateCredentialsBegin
        m_nextCredentialIds.clear();
        for (const StoredCredential *credential :
             m_store.discoverable(parameters.value(RpIdHash).toByteArray()))
            m_nextCredentialIds.append(credential->id);
        return nextCredential(true, m_nextCredentialIds.size());
    }
    case 0x06: // deleteCredential
        if (!m_store.remove(idIn(parameters)))
            throw CtapRefusal{CtapStatus::NoCredentials};
        return {};
    case 0x07: { // updateUserInformation
        StoredCredential *credential = m_store.byId(idIn(parameters));
        if (credential == nullptr)
            throw CtapRefusal{CtapStatus::NoCredentials};
        credential->user = parameters.value(User).toMap();
        return {};
    }
    default: throw CtapRefusal{CtapStatus::InvalidSubcommand};
    }
}

} // namespace Sparekey
