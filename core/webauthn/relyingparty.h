// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QUrl>

namespace Sparekey {

/// The relying party that a key signs for. There is no browser between the server and the key, so
/// this program ensures that a server gets only signatures for itself. Otherwise a malicious server
/// could collect signatures for another one.
struct RelyingParty
{
    QString id;     ///< The domain that the key binds its signatures to, as a normalized host name.
    QString origin; ///< Scheme, host and port of the web vault, as a browser would write it.
};

/// Checks the RP ID that a server asks for against the address of the account's web vault, as the
/// user configured it (WebAuthn Level 2, 5.1.3 step 8): it must be that host or a parent domain of
/// it, and not a public suffix. RP ID and host are compared, and passed to the key, as normalized
/// host names: in lower case, and in ASCII form (punycode). Fails with
/// - `OtherRelyingParty` if it is any other domain; `subject` is the requested RP ID, `counterpart`
///   the address of the web vault,
/// - `ServerHasNoDomainName` if the host is an IP address, for which no browser uses a key;
///   loopback is allowed,
/// - `InsecureAddress` for plain http to another computer.
[[nodiscard]] Result<RelyingParty> relyingPartyFor(const QUrl &webVault, const QString &rpId);

/// Whether this U2F AppID may be used with this web vault: its host must be allowed as an RP ID
/// there, with https or on this computer (FIDO AppID and Facet Specification 3.1).
[[nodiscard]] bool isOwnAppId(const QUrl &webVault, const QString &appId);

/// The U2F AppID of official servers whose web vault is at this address (bitwarden/server,
/// `WebAuthnTokenProvider`).
[[nodiscard]] QString appIdOf(const QUrl &webVault);

} // namespace Sparekey
