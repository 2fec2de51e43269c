// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/provider.h"
#include "core/secret/securebuffer.h"

#include <QList>
#include <QStringView>
#include <QUrl>

#include <optional>

namespace Sparekey {

/// Sparekey supports this second step at sign-in. False for `Remember` and `RecoveryCode`, which
/// are not methods of their own, and for `U2f`, the predecessor of passkeys.
[[nodiscard]] bool isSupportedAtSignIn(ProviderType type);

/// The offered methods in the order in which a chooser lists them; unsupported ones are left out.
[[nodiscard]] QList<ProviderType> inChooserOrder(const QList<ProviderType> &offered);

/// The method to start with: the last one used if it is still offered, else the supported one with
/// the highest rank. Nothing if none is supported.
[[nodiscard]] std::optional<ProviderType> defaultMethod(const QList<ProviderType> &offered,
                                                        std::optional<ProviderType> lastTime = {});

/// What is sent for a code as it was entered or pasted: digits for authenticator and email
/// (`core/text`), modhex in lower case for Yubico OTP (32 to 48 letters), lower case without gaps
/// for a recovery code. Empty if it cannot be such a code.
[[nodiscard]] SecureBuffer normalizedCode(ProviderType type, QStringView entered);

/// The address of Duo's page, from the challenge (`AuthUrl`). Nothing unless it is https, without
/// user name or port, on a host `api-….duosecurity.com` or `api-….duofederal.com`: a hostile server
/// could otherwise send the browser anywhere.
[[nodiscard]] std::optional<QUrl> duoAddress(const QString &authUrl);

/// The `state` that Duo's answer to `duoAddress` will carry: a parameter of the address, or a claim
/// of the request (JWT, RFC 7519) that Duo's libraries put there. Empty if it cannot be determined.
[[nodiscard]] QString duoState(const QUrl &duoAddress);

/// What the browser brings back from Duo.
struct DuoAnswer
{
    /// `code|state` for the token request; empty if the address is not an answer for this sign-in.
    SecureBuffer token = {};
    /// It answers another request, such as that of an earlier attempt.
    bool isForOtherRequest = false;
};

/// Reads the address that the browser shows after Duo:
/// `<web vault>/duo-redirect-connector.html?client=web&code=…&state=…`. It must be on the host of
/// `webVault`, and its state must be the one that was sent (`duoState`), if that is known.
///
/// Sparekey cannot receive the answer in another way. The redirect address is part of the request
/// that the server signs. For `client_id=web` it is always that page, which passes the answer only
/// to pages of its own origin; only the clients `desktop` and `mobile` are redirected, to the URL
/// scheme of the official apps. So a listener of ours would never be called.
[[nodiscard]] DuoAnswer duoAnswer(QStringView address, const QUrl &webVault,
                                  const QString &expectedState);

} // namespace Sparekey
