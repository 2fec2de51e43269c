// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/json/jsonfields.h"
#include "core/result.h"

#include <chrono>
#include <optional>

namespace Sparekey {

// Common parts of the options for registration and for sign-in.

/// `PasskeyRequestInvalid`; `why` is for the log.
[[nodiscard]] Error invalidRequest(const QString &why);
/// `KeyAnswerInvalid`.
[[nodiscard]] Error invalidReply(const QString &why);

/// Official servers report in the options themselves if they could not make any.
[[nodiscard]] std::optional<Error> refusalIn(const JsonFields &options);

/// Accepts 16 to 1024 bytes: a shorter challenge can be guessed (WebAuthn Level 2, 13.4.3), a
/// longer one is not plausible.
[[nodiscard]] Result<QByteArray> challengeOf(const JsonFields &options);

/// A missing or unknown value counts as preferred (5.8.6).
[[nodiscard]] UserVerification userVerificationOf(const JsonFields &fields);

/// Limited to 30 seconds to 10 minutes (15.1 recommends such limits); one minute if there is none.
[[nodiscard]] std::chrono::milliseconds timeoutOf(const JsonFields &options);

} // namespace Sparekey
