// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

/// Included by the command line in every test when Qt is 6.5 or newer. There QTRY_VERIFY and its
/// like, being macros, convert milliseconds to int as if our code did. Conversions that are our own
/// are found with the Qt of Debian 12.
#pragma GCC diagnostic ignored "-Wconversion"
