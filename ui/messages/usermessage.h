// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QString>

namespace Sparekey {

/// The text of an error for the user: what happened and what to do, in whole sentences, as plain
/// text. Empty for `Canceled`.
[[nodiscard]] QString userMessage(const Error &error);

/// The text of `SessionExpired`, for use without a failed request.
[[nodiscard]] QString sessionEndedText();

/// A problem with the connection to the server that the next attempt may not have.
[[nodiscard]] bool isConnectionProblem(ErrorKind kind);

/// The server would give the same answer for any password or code.
[[nodiscard]] bool isSameForAnySecret(ErrorKind kind);

} // namespace Sparekey
