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

/// Sparekey can give this second step at sign-in. Not so what is no method of its own (`Remember`,
/// `RecoveryCode`), nor the forerunner of passkeys (`U2f`).
[[nodiscard]] bool canGiveAtSignIn(ProviderType type);

/// The offered methods in the order in which a chooser lists them; others are left out.
[[nodiscard]] QList<ProviderType> inChooserOrder(const QList<ProviderType> &offered);

/// The method to begin with: the one of the last time if it is still offered, else the one of
/// highest standing that Sparekey can give. Nothing if it can give none of them.
[[nodiscard]] std::optional<ProviderType> defaultMethod(const QList<ProviderType> &offered,
                                                        std::optional<ProviderType> lastTime = {});

/// What is sent for a code as it was typed or pasted: digits for authenticator and email
/// (`core/text`), modhex in lower case for Yubico OTP (32 to 48 letters), lower case without gaps
/// for a recovery code. Empty if it can be no such code.
[[nodiscard]] SecureBuffer normalizedCode(ProviderType type, QStringView typed);

/// The address where Duo is answered, from the challenge (`AuthUrl`). Nothing unless it is https,
/// without user name or port, on a host `api-….duosecurity.com` or `api-….duofederal.com`: a
/// hostile server could lead anywhere.
[[nodiscard]] std::optional<QUrl> duoAddress(const QString &authUrl);

/// The `state` that Duo's answer to `duoAddress` will carry: a parameter of the address, or a claim
/// of the request (JWT, RFC 7519) that Duo's libraries put there. Empty if it cannot be told.
[[nodiscard]] QString duoState(const QUrl &duoAddress);

/// What the browser brings back from Duo.
struct DuoAnswer
{
    /// `code|state` for the token request; empty if the address is no answer for this sign-in.
    SecureBuffer token = {};
    /// It is an answer to another question than this one, such as an earlier try.
    bool ofAnotherTry = false;
};

/// Reads the address that the browser shows after Duo:
/// `<web vault>/duo-redirect-connector.html?client=web&code=…&state=…`. It must be on the host of
/// `webVault`, and its state the one that was sent (`duoState`), if that is known.
///
/// There is no other way back. The redirect address is part of the request that the server signs,
/// and for `client_id=web` it is always that page, which hands the answer to nobody but pages of
/// its own origin; only the client names `desktop` and `mobile` are sent on, to the URL scheme of
/// the official apps. So no listener of ours could ever be called.
[[nodiscard]] DuoAnswer duoAnswer(QStringView address, const QUrl &webVault,
                                  const QString &expectedState);

} // namespace Sparekey
