// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/json/jsonfields.h"

#include <QByteArray>
#include <QList>

namespace Sparekey {

/// The ids in a list of credential descriptors (WebAuthn Level 2, 5.8.3), in order and without
/// duplicates. Entries of another type or without a valid id are left out.
[[nodiscard]] QList<QByteArray> credentialIds(const JsonFields &options, QStringView member);

/// No server has that many keys for one account; a longer list is treated as an attack.
constexpr qsizetype MostCredentials = 256;

} // namespace Sparekey
