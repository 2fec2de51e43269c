// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/variantdictionary.h"

#include <QtGlobal>

namespace Sparekey {

/// Argon2id with four lanes that takes about a second on this computer: it is measured, which takes
/// a part of that second, so not for the GUI thread. At least 64 MiB and 3 passes (RFC 9106, second
/// recommended option); at most 256 MiB, so that a phone can open the file.
[[nodiscard]] VariantDictionary tunedKdf();

/// The same for a computer that fills `mebibytes` with one pass each second. Pure.
[[nodiscard]] VariantDictionary kdfForSpeed(double mebibytes);

} // namespace Sparekey
