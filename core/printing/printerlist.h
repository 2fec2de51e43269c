// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/cupsserver.h"
#include "core/printing/printer.h"

namespace Sparekey {

constexpr const char *mediaA4 = "iso_a4_210x297mm";
constexpr const char *mediaLetter = "na_letter_8.5x11in";

/// The printers that CUPS offers: the default one first, then by description. Blocks. Error:
/// `PrintServiceUnavailable`.
[[nodiscard]] Result<QList<Printer>> listPrinters(const CancelFlag &canceled);

} // namespace Sparekey
