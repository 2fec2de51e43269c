// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/inventory/keyinventory.h"
#include "core/twofactor/providerdetails.h"
#include "core/webauthn/passkeyregistration.h"

#include <QCoroTask>

#include <QDateTime>
#include <QMap>

#include <memory>

namespace Sparekey {

/// A passkey that is about to be registered, as the inventory will keep it.
struct PasskeyAddition
{
    KeyRegistration registration;
    KeyObservation seen; ///< The key that made it.
};

/// Reads and records what the inventory of this computer knows about the passkeys of one account.
/// GUI thread.
class PasskeyRecorder
{
public:
    /// `inventory` must outlive this object.
    PasskeyRecorder(std::shared_ptr<Session> session, KeyInventory &inventory);

    /// The server has these keys, and no others.
    void recordAll(const QList<Passkey> &keys);
    /// When this program added those of `keys` that it has added, by their number at the server.
    [[nodiscard]] QMap<qint64, QDateTime> added(const PasskeyDetails &keys) const;
    /// `reply` is the answer of the key `seen` to the request `asked`.
    [[nodiscard]] PasskeyAddition additionOf(const Passkey &passkey,
                                             const PasskeyRegistration &asked,
                                             const MakeCredentialReply &reply,
                                             KeyObservation seen) const;

    /// Call it before asking the server. If the program ends before `recordOutcome`, the next
    /// `recordAll` shows whether the passkey was registered.
    [[nodiscard]] QCoro::Task<Result<void>> recordPending(PasskeyAddition addition);
    /// Drops the intention, because nothing was sent.
    QCoro::Task<Result<void>> dropPending(PasskeyAddition addition);
    /// If it is not known whether the server has the passkey, the intention is kept.
    [[nodiscard]] QCoro::Task<Result<void>> recordOutcome(PasskeyAddition addition,
                                                          Result<void> outcome);

private:
    [[nodiscard]] QString ownAccountKey() const;

    std::shared_ptr<Session> m_session;
    KeyInventory &m_inventory;
};

} // namespace Sparekey
