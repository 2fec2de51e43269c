// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/identityapi.h"
#include "core/account/session.h"

#include <memory>
#include <optional>
#include <variant>

namespace Sparekey {

/// What is needed to sign in with a master password.
struct SignInRequest
{
    Environment environment;
    QString email;
    SecureBuffer password;
    ClientDevice device;
    /// The user has agreed to exactly these weak settings.
    std::optional<KdfSettings> acceptedKdf = {};
    /// The settings of the last good sign-in with this account, to notice a downgrade.
    std::optional<KdfSettings> knownKdf = {};
};

/// The server asks for a hash that is cheap to crack; nothing was sent yet. To go on, sign in
/// again with `acceptedKdf`.
struct WeakKdf
{
    KdfSettings kdf;
    /// The account had these, which were stronger, the last time.
    std::optional<KdfSettings> before;
};

using SignInOutcome =
    std::variant<std::shared_ptr<Session>, WeakKdf, SecondStepChallenge, NewDeviceChallenge>;

/// Prelogin, key derivation and password grant, one after the other. `transport` serves the
/// session afterwards; aborting it ends the sign-in with `Cancelled`.
[[nodiscard]] QCoro::Task<Result<SignInOutcome>> signIn(SignInRequest request,
                                                        std::shared_ptr<HttpTransport> transport);

} // namespace Sparekey
