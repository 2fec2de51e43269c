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

/// A passkey that is to be registered, as the inventory would keep it.
struct PasskeyAddition
{
    KeyRegistration registration;
    KeyObservation seen; ///< The key that made it.
};

/// What the inventory of this computer knows of the passkeys of one account, and is told of them.
/// GUI thread.
class PasskeyNotes
{
public:
    /// `inventory` must outlive this object.
    PasskeyNotes(std::shared_ptr<Session> session, KeyInventory &inventory);

    /// The server has these keys, and no others.
    void noteAll(const QList<Passkey> &keys);
    /// When those of `keys` were added that this program has added, by their number at the server.
    [[nodiscard]] QMap<qint64, QDateTime> added(const PasskeyDetails &keys) const;
    /// `reply` is what `seen` has made of `asked`.
    [[nodiscard]] PasskeyAddition additionOf(const Passkey &passkey,
                                             const PasskeyRegistration &asked,
                                             const MakeCredentialReply &reply,
                                             KeyObservation seen) const;

    /// Before the server is asked. If the program ends before `noteOutcome`, the next `noteAll`
    /// tells what became of it.
    [[nodiscard]] QCoro::Task<Result<void>> noteIntention(PasskeyAddition addition);
    /// Nothing was sent.
    QCoro::Task<Result<void>> dropIntention(PasskeyAddition addition);
    /// Where it is not known whether the server has it, the intention is kept.
    [[nodiscard]] QCoro::Task<Result<void>> noteOutcome(PasskeyAddition addition,
                                                        Result<void> outcome);

private:
    [[nodiscard]] QString ownAccountKey() const;

    std::shared_ptr<Session> m_session;
    KeyInventory &m_inventory;
};

} // namespace Sparekey
