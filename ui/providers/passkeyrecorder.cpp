// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/passkeyrecorder.h"

#include <utility>

namespace Sparekey {

PasskeyRecorder::PasskeyRecorder(std::shared_ptr<Session> session, KeyInventory &inventory)
    : m_session(std::move(session))
    , m_inventory(inventory)
{
}

void PasskeyRecorder::recordAll(const QList<Passkey> &keys)
{
    (void)m_inventory.recordPasskeys(ownAccountKey(), keys);
}

QMap<qint64, QDateTime> PasskeyRecorder::added(const PasskeyDetails &keys) const
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

PasskeyAddition PasskeyRecorder::additionOf(const Passkey &passkey,
                                            const PasskeyRegistration &asked,
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

QCoro::Task<Result<void>> PasskeyRecorder::recordPending(PasskeyAddition addition)
{
    return m_inventory.recordPending(std::move(addition.registration), std::move(addition.seen));
}

QCoro::Task<Result<void>> PasskeyRecorder::dropPending(PasskeyAddition addition)
{
    return m_inventory.dropPending(std::move(addition.registration.credentialId));
}

QCoro::Task<Result<void>> PasskeyRecorder::recordOutcome(PasskeyAddition addition,
                                                         Result<void> outcome)
{
    if (outcome) {
        const auto noted = co_await m_inventory.recordRegistration(std::move(addition.registration),
                                                                   std::move(addition.seen));
        co_return noted ? Result<void>() : Result<void>(fail(noted.error()));
    }
    const ErrorKind kind = outcome.error().kind;
    if (kind == ErrorKind::OutcomeUnknown || kind == ErrorKind::SessionExpired
        || kind == ErrorKind::Canceled)
        co_return Result<void>();
    co_return co_await dropPending(std::move(addition));
}

QString PasskeyRecorder::ownAccountKey() const
{
    return m_session->account().key();
}

} // namespace Sparekey
