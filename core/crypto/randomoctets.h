// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QByteArray>

namespace Sparekey {

/// Unpredictable bytes, for values that are not secret: challenges, user handles, names. Any
/// thread. `Cryptography` if the system has no random numbers.
[[nodiscard]] Result<QByteArray> randomOctets(int count);

} // namespace Sparekey
