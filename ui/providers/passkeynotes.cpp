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

PasskeyAddition PasskeyNotes::additionOf(const Passkey &passkey, const PasskeyRegistration &asked,
                                         const MakeCredentialReply &reply,
                                         KeyObservation seen) const
{
    PasskeyAddition addition;
    addition.registration.accountKey = ownAccountKey();
    addition.registration.server = m_session->account().environment.title();
    addition.registration.rpId = asked.request.rpId;
    addition.registration.credentialId = reply.credentialId;
    addition.registration.publicKey = reply.publicKey;
    addition.registration.number = passkey.id;
    addition.registration.name = passkey.name;
    addition.seen = std::move(seen);
    return addition;
}

QCoro::Task<Result<void>> PasskeyNotes::noteIntention(PasskeyAddition addition)
{
    return m_inventory.noteIntention(std::move(addition.registration), std::move(addition.seen));
}

QCoro::Task<Result<void>> PasskeyNotes::dropIntention(PasskeyAddition addition)
{
    return m_inventory.dropIntention(std::move(addition.registration.credentialId));
}

QCoro::Task<Result<void>> PasskeyNotes::noteOutcome(PasskeyAddition addition, Result<void> outcome)
{
    if (outcome) {
        const auto noted = co_await m_inventory.noteRegistration(std::move(addition.registration),
                                                                 std::move(addition.seen));
        co_return noted ? Result<void>() : Result<void>(fail(noted.error()));
    }
    const ErrorKind kind = outcome.error().kind;
    if (kind == ErrorKind::OutcomeUnknown || kind == ErrorKind::SessionExpired
        || kind == ErrorKind::Canceled)
        co_return Result<void>();
    co_return co_await dropIntention(std::move(addition));
}

QString PasskeyNotes::ownAccountKey() const
{
    return m_session->account().key();
}

} // namespace Sparekey
