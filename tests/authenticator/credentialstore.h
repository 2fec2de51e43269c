// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/keycrypto.h"

#include <QCborMap>
#include <QString>

#include <vector>

namespace Sparekey {

/// One login on the key.
struct StoredCredential
{
    QByteArray id;
    QByteArray rpIdHash;
    QString rpId; ///< Empty for those of U2F, which knows the hash only.
    QCborMap rp;
    QCborMap user;
    KeyPair key;
    bool discoverable = false;
    int protection = 0; ///< `credProtect`: 0 not asked for, then 1 to 3.
    quint32 counter = 0;
    quint64 age = 0; ///< Later ones have the larger number.
};

/// What is on the key. Real keys wrap what is not discoverable into its id; for tests it is
/// enough to keep all.
class CredentialStore
{
public:
    /// Replaces a discoverable one of the same user and site.
    StoredCredential &add(StoredCredential credential);
    [[nodiscard]] StoredCredential *byId(const QByteArray &id);
    [[nodiscard]] std::vector<StoredCredential *> discoverable(const QByteArray &rpIdHash);
    [[nodiscard]] std::vector<StoredCredential *> allDiscoverable();
    [[nodiscard]] bool remove(const QByteArray &id);
    void rewindCounters();
    void clear() { m_credentials.clear(); }
    [[nodiscard]] int count() const { return static_cast<int>(m_credentials.size()); }
    [[nodiscard]] int discoverableCount() const;
    [[nodiscard]] bool replaces(const QByteArray &rpIdHash, const QCborMap &user) const;

private:
    std::vector<StoredCredential> m_credentials;
    quint64 m_added = 0;
};

} // namespace Sparekey
