// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/json/jsonfields.h"
#include "core/result.h"

#include <chrono>
#include <optional>

namespace Sparekey {

// What the options of a registration and those of a sign-in have in common.

/// `PasskeyRequestInvalid`; `why` is for the log.
[[nodiscard]] Error invalidRequest(const QString &why);
/// `KeyAnswerInvalid`.
[[nodiscard]] Error invalidReply(const QString &why);

/// Official servers say within the options when they could not make any.
[[nodiscard]] std::optional<Error> refusalIn(const JsonFields &options);

/// 16 to 1024 bytes: less can be guessed (WebAuthn Level 2, 13.4.3), more is no challenge.
[[nodiscard]] Result<QByteArray> challengeOf(const JsonFields &options);

/// Absent or unknown reads as preferred (5.8.6).
[[nodiscard]] UserVerification userVerificationOf(const JsonFields &fields);

/// Between half a minute and ten (15.1 recommends such bounds); a minute if there is none.
[[nodiscard]] std::chrono::milliseconds timeoutOf(const JsonFields &options);

} // namespace Sparekey
