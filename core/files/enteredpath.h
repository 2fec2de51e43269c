// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

/// The path that a user has entered or chosen: a local file URL becomes a path, "~" the home
/// folder, and a relative path is taken from `folder`. Does not look at the disk. Empty if nothing
/// was entered. Any thread.
[[nodiscard]] QString enteredPath(const QString &entered, const QString &folder);

} // namespace Sparekey
