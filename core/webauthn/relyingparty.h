// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QUrl>

namespace Sparekey {

/// For whom a key signs. No browser stands between the server and the key here, so this program
/// makes sure that a server only gets what is signed for itself: otherwise a hostile one could
/// collect signatures for another.
struct RelyingParty
{
    QString id;     ///< The domain that the key binds its signatures to, as hosts are written.
    QString origin; ///< Scheme, host and port of the web vault, as a browser would write it.
};

/// Checks the RP ID that a server asks for against the address of the account's web vault, as the
/// user configured it (WebAuthn Level 2, 5.1.3 step 8): it has to be its host or a parent domain of
/// that, below the public suffixes. Both are compared, and given to the key, as hosts are written:
/// in lower case, names of other scripts in their ASCII form. Fails with
/// - `ForeignSite` if it is anybody else; `subject` is what was asked for, `counterpart` the host,
/// - `SiteHasNoName` if the server is reached by a bare address, which no browser could use a key
///   with; this computer itself is excepted,
/// - `InsecureAddress` for plain http to another computer.
[[nodiscard]] Result<RelyingParty> relyingPartyFor(const QUrl &webVault, const QString &rpId);

/// The AppID of the time of U2F may be used with this web vault: an address whose host passes as
/// an RP ID there, by https or on this computer (FIDO AppID and Facet Specification 3.1).
[[nodiscard]] bool isOwnAppId(const QUrl &webVault, const QString &appId);

/// The AppID that official servers used at the time of U2F, when the web vault was at this address
/// (bitwarden/server, `WebAuthnTokenProvider`).
[[nodiscard]] QString appIdOf(const QUrl &webVault);

} // namespace Sparekey
