// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace Sparekey {

/// "25 November 2026", in local time and in the user's language.
[[nodiscard]] QString shownDate(const QDateTime &when);
/// "14:02", in local time and in the format of the user's locale; never with seconds.
[[nodiscard]] QString shownTime(const QDateTime &when);

} // namespace Sparekey
