// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

namespace Sparekey {

/// "25 November 2026", at this computer, in the language of its user.
[[nodiscard]] QString shownDate(const QDateTime &when);
/// "14:02", at this computer, as is usual for its user; never with seconds.
[[nodiscard]] QString shownTime(const QDateTime &when);

} // namespace Sparekey
