// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/credentialstore.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

bool isSameLogin(const StoredCredential &credential, const QByteArray &rpIdHash,
                 const QCborMap &user)
{
    return credential.discoverable && credential.rpIdHash == rpIdHash
        && credential.user.value(u"id"_s) == user.value(u"id"_s);
}

} // namespace

StoredCredential &CredentialStore::add(StoredCredential credential)
{
    if (credential.discoverable) {
        std::erase_if(m_credentials, [&credential](const StoredCredential &other) {
            return isSameLogin(other, credential.rpIdHash, credential.user);
        });
    }
    credential.age = ++m_added;
    m_credentials.push_back(std::move(credential));
    return m_credentials.back();
}

StoredCredential *CredentialStore::byId(const QByteArray &id)
{
    const auto found = std::ranges::find(m_credentials, id, &StoredCredential::id);
    return found == m_credentials.end() ? nullptr : &*found;
}

std::vector<StoredCredential *> CredentialStore::discoverable(const QByteArray &rpIdHash)
{
    std::vector<StoredCredential *> found = allDiscoverable();
    std::erase_if(found, [&rpIdHash](const StoredCredential *credential) {
        return credential->rpIdHash != rpIdHash;
    });
    return found;
}

std::vector<StoredCredential *> CredentialStore::allDiscoverable()
{
    std::vector<StoredCredential *> found;
    for (StoredCredential &credential : m_credentials) {
        if (credential.discoverable)
            found.push_back(&credential);
    }
    std::ranges::sort(found, std::ranges::greater(), &StoredCredential::age);
    return found;
}

bool CredentialStore::remove(const QByteArray &id)
{
    return std::erase_if(m_credentials,
                         [&id](const StoredCredential &credential) { return credential.id == id; })
        > 0;
}

void CredentialStore::rewindCounters()
{
    for (StoredCredential &credential : m_credentials)
        credential.counter = 0;
}

int CredentialStore::discoverableCount() const
{
    return static_cast<int>(
        std::ranges::count(m_credentials, true, &StoredCredential::discoverable));
}

bool CredentialStore::replaces(const QByteArray &rpIdHash, const QCborMap &user) const
{
    return std::ranges::any_of(m_credentials, [&](const StoredCredential &credential) {
        return isSameLogin(credential, rpIdHash, user);
    });
}

} // namespace Sparekey
