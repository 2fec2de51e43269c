// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/json/jsonfields.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QUrl>

#include <chrono>

namespace Sparekey {

/// A sign-in with a key under way. Free of secrets.
struct PasskeyAssertion
{
    GetAssertionRequest request;
    std::chrono::milliseconds timeout{60'000};
};

/// Reads the details of provider 7 in the challenge at sign-in (PublicKeyCredentialRequestOptions,
/// WebAuthn Level 2, 5.5), for an account whose web vault the user configured as `webVault`. The
/// AppID for keys from the time of U2F is taken over if it is the server's own, else left out.
/// Fails as `passkeyRegistrationFrom`, and if the server knows no credential at all.
[[nodiscard]] Result<PasskeyAssertion> passkeyAssertionFrom(const JsonFields &options,
                                                            const QUrl &webVault);

/// The `twoFactorToken` of provider 7: JSON in the spelling that official servers and Vaultwarden
/// share, `extensions` included, which the latter insists on. `KeyAnswerInvalid` if the key signed
/// something else than it was asked.
[[nodiscard]] Result<SecureBuffer> passkeyToken(const PasskeyAssertion &assertion,
                                                const GetAssertionReply &reply);

} // namespace Sparekey
