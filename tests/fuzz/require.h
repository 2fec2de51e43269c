// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdlib>

/// Ends a fuzzer where a parser has broken its promise, so that the input is kept.
inline void require(bool good)
{
    if (!good)
        std::abort();
}
