// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

#include <winscard.h>

namespace Sparekey {

/// The client of the PC/SC service (winscard), loaded when readers are first used. Inside our
/// namespace these names refer to its functions; call `pcscLibrary.load()` before the first call.
inline constexpr LateLibrary pcscLibrary("pcsclite", SPAREKEY_PCSC_VERSION);

inline const LateFunction<decltype(::SCardCancel)> SCardCancel(pcscLibrary, "SCardCancel");
inline const LateFunction<decltype(::SCardConnect)> SCardConnect(pcscLibrary, "SCardConnect");
inline const LateFunction<decltype(::SCardDisconnect)> SCardDisconnect(pcscLibrary,
                                                                       "SCardDisconnect");
inline const LateFunction<decltype(::SCardEstablishContext)>
    SCardEstablishContext(pcscLibrary, "SCardEstablishContext");
inline const LateFunction<decltype(::SCardGetStatusChange)>
    SCardGetStatusChange(pcscLibrary, "SCardGetStatusChange");
inline const LateFunction<decltype(::SCardListReaders)> SCardListReaders(pcscLibrary,
                                                                         "SCardListReaders");
inline const LateFunction<decltype(::SCardReleaseContext)>
    SCardReleaseContext(pcscLibrary, "SCardReleaseContext");
inline const LateFunction<decltype(::SCardTransmit)> SCardTransmit(pcscLibrary, "SCardTransmit");

} // namespace Sparekey
