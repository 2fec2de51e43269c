// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/kdbxerror.h"
#include "core/result.h"

#include <QString>

namespace Sparekey {

/// The error of a KDBX file as the user can act on it. The subject is the version, cipher or
/// function that it concerns, else `path`. Pure.
[[nodiscard]] Error libraryError(const KdbxError &error, const QString &path);

} // namespace Sparekey
