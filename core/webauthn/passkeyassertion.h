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

/// A running sign-in with a key. Contains no secrets.
struct PasskeyAssertion
{
    GetAssertionRequest request;
    std::chrono::milliseconds timeout{60'000};
};

/// Reads the details of provider 7 in the challenge at sign-in (PublicKeyCredentialRequestOptions,
/// WebAuthn Level 2, 5.5), for an account whose web vault the user configured as `webVault`. The
/// AppID, for keys that were registered with U2F, is used if it is the server's own, else ignored.
/// Fails as `passkeyRegistrationFrom`, and if no credential can be read.
[[nodiscard]] Result<PasskeyAssertion> passkeyAssertionFrom(const JsonFields &options,
                                                            const QUrl &webVault);

/// The `twoFactorToken` of provider 7: JSON with the member names that official servers and
/// Vaultwarden both accept, including `extensions`, which Vaultwarden requires. `KeyAnswerInvalid`
/// if the key did not sign what was requested.
[[nodiscard]] Result<SecureBuffer> passkeyToken(const PasskeyAssertion &assertion,
                                                const GetAssertionReply &reply);

} // namespace Sparekey
