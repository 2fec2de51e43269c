// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"
#include "core/inventory/keyinventory.h"
#include "core/twofactor/providerdetails.h"
#include "core/webauthn/passkeyregistration.h"

#include <QDateTime>
#include <QMap>

#include <memory>

namespace Sparekey {

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
    /// What the inventory would keep of a passkey that `reply` has made.
    [[nodiscard]] KeyRegistration registrationOf(const Passkey &passkey,
                                                 const PasskeyRegistration &asked,
                                                 const MakeCredentialReply &reply) const;

private:
    [[nodiscard]] QString ownAccountKey() const;

    std::shared_ptr<Session> m_session;
    KeyInventory &m_inventory;
};

} // namespace Sparekey
