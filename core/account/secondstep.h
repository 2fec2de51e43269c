// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "core/twofactor/provider.h"

#include <QList>
#include <QStringView>
#include <QUrl>

#include <optional>

namespace Sparekey {

/// Sparekey can give this second step at sign-in. Not so passkeys, and whatever is no method of
/// its own (`Remember`, `RecoveryCode`).
[[nodiscard]] bool canGiveAtSignIn(ProviderType type);

/// The offered methods in the order in which a chooser lists them; others are left out.
[[nodiscard]] QList<ProviderType> inChooserOrder(const QList<ProviderType> &offered);

/// The method to begin with: the one of the last time if it is still offered, else the one of
/// highest standing that Sparekey can give. Nothing if it can give none of them.
[[nodiscard]] std::optional<ProviderType> defaultMethod(const QList<ProviderType> &offered,
                                                        std::optional<ProviderType> lastTime = {});

/// What is sent for a code as it was typed or pasted: digits without the gaps people put in for
/// authenticator (six) and email (4 to 10), modhex in lower case for Yubico OTP (32 to 48 letters),
/// lower case without spaces and hyphens for a recovery code. Empty if it can be no such code.
[[nodiscard]] SecureBuffer normalisedCode(ProviderType type, QStringView typed);
/// The same for the code that is mailed for a new device.
[[nodiscard]] SecureBuffer normalisedMailCode(QStringView typed);

/// The address where Duo is answered, from the challenge (`AuthUrl`). Nothing unless it is https,
/// without user name or port, on a host `api-….duosecurity.com` or `api-….duofederal.com`: a
/// hostile server could lead anywhere.
[[nodiscard]] std::optional<QUrl> duoAddress(const QString &authUrl);

/// `code|state` for the token request, from the address that the browser shows after Duo
/// (`<web vault>/duo-redirect-connector.html?code=…&state=…`). Empty if the address is not on the
/// host of `webVault` or lacks one of the two.
[[nodiscard]] SecureBuffer duoAnswer(QStringView pasted, const QUrl &webVault);

} // namespace Sparekey
