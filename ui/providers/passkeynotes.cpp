// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/passkeynotes.h"

#include <utility>

namespace Sparekey {

PasskeyNotes::PasskeyNotes(std::shared_ptr<Session> session, KeyInventory &inventory)
    : m_session(std::move(session))
    , m_inventory(inventory)
{
}

void PasskeyNotes::noteAll(const QList<Passkey> &keys)
{
    (void)m_inventory.notePasskeys(ownAccountKey(), keys);
}

QMap<qint64, QDateTime> PasskeyNotes::added(const PasskeyDetails &keys) const
{
    const QString account = ownAccountKey();
    QMap<qint64, QDateTime> added;
    for (const InventoryKey &key : m_inventory.inventory().keys()) {
        for (const KeyRegistration &registration : key.registrations) {
            if (registration.accountKey == account
                && registration.state == KeyRegistration::State::Registered
                && keys.has({.id = registration.number, .name = registration.name}))
                added.insert(registration.number, registration.added);
        }
    }
    return added;
}

KeyRegistration PasskeyNotes::registrationOf(const Passkey &passkey,
                                             const PasskeyRegistration &asked,
                                             const MakeCredentialReply &reply) const
{
    KeyRegistration registration;
    registration.accountKey = ownAccountKey();
    registration.server = m_session->account().environment.title();
    registration.rpId = asked.request.rpId;
    registration.credentialId = reply.credentialId;
    registration.publicKey = reply.publicKey;
    registration.number = passkey.id;
    registration.name = passkey.name;
    return registration;
}

QString PasskeyNotes::ownAccountKey() const
{
    return m_session->account().key();
}

} // namespace Sparekey
