// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QString>

namespace Sparekey {

/// What to tell the user about an error: what happened and what to do, in whole sentences,
/// plain text. Empty for `Canceled`.
[[nodiscard]] QString userMessage(const Error &error);

/// The words for `SessionExpired`, for where no request has just failed.
[[nodiscard]] QString sessionEndedText();

/// Trouble on the way to the server that may be over at the next try.
[[nodiscard]] bool isConnectionProblem(ErrorKind kind);

/// The server would answer the same whatever password or code is typed.
[[nodiscard]] bool isBeyondTyping(ErrorKind kind);

} // namespace Sparekey
