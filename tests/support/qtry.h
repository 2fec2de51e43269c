// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// Included in every test through a compiler option when Qt is 6.5 or newer. There, macros such as
/// QTRY_VERIFY convert milliseconds to int, and the compiler warns as if this code did. Builds with
/// the Qt of Debian 12 still warn about conversions in this code.
#pragma GCC diagnostic ignored "-Wconversion"
