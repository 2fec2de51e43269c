// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>

namespace Sparekey {

/// Parses the date of a header (RFC 9110, 5.6.7). Invalid if it is not one.
[[nodiscard]] QDateTime httpDate(const QByteArray &value);

/// `Retry-After` (RFC 9110, 10.2.3): seconds, or a date by the server's clock. At most an hour: a
/// server that says "next year" would keep the user from retrying. 0 if it cannot be parsed.
[[nodiscard]] std::chrono::seconds retryAfter(const QByteArray &value, const QDateTime &serverTime);

} // namespace Sparekey
