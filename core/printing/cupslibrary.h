// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/latelibrary/latelibrary.h"

#include <cups/cups.h>

namespace Sparekey {

/// CUPS, loaded when printing is first used. Inside our namespace these names refer to its
/// functions; call `cupsLibrary.load()` before the first call.
inline constexpr LateLibrary cupsLibrary("cups", SPAREKEY_CUPS_VERSION);

inline const LateFunction<decltype(::cupsAddOption)> cupsAddOption(cupsLibrary, "cupsAddOption");
inline const LateFunction<decltype(::cupsCancelJob2)> cupsCancelJob2(cupsLibrary, "cupsCancelJob2");
inline const LateFunction<decltype(::cupsCopyDestInfo)> cupsCopyDestInfo(cupsLibrary,
                                                                         "cupsCopyDestInfo");
inline const LateFunction<decltype(::cupsCreateDestJob)> cupsCreateDestJob(cupsLibrary,
                                                                           "cupsCreateDestJob");
inline const LateFunction<decltype(::cupsDoRequest)> cupsDoRequest(cupsLibrary, "cupsDoRequest");
inline const LateFunction<decltype(::cupsEncryption)> cupsEncryption(cupsLibrary, "cupsEncryption");
inline const LateFunction<decltype(::cupsFinishDestDocument)>
    cupsFinishDestDocument(cupsLibrary, "cupsFinishDestDocument");
inline const LateFunction<decltype(::cupsFreeDestInfo)> cupsFreeDestInfo(cupsLibrary,
                                                                         "cupsFreeDestInfo");
inline const LateFunction<decltype(::cupsFreeDests)> cupsFreeDests(cupsLibrary, "cupsFreeDests");
inline const LateFunction<decltype(::cupsFreeOptions)> cupsFreeOptions(cupsLibrary,
                                                                       "cupsFreeOptions");
inline const LateFunction<decltype(::cupsGetDests2)> cupsGetDests2(cupsLibrary, "cupsGetDests2");
inline const LateFunction<decltype(::cupsGetNamedDest)> cupsGetNamedDest(cupsLibrary,
                                                                         "cupsGetNamedDest");
inline const LateFunction<decltype(::cupsGetOption)> cupsGetOption(cupsLibrary, "cupsGetOption");
inline const LateFunction<decltype(::cupsLastError)> cupsLastError(cupsLibrary, "cupsLastError");
inline const LateFunction<decltype(::cupsLastErrorString)>
    cupsLastErrorString(cupsLibrary, "cupsLastErrorString");
inline const LateFunction<decltype(::cupsServer)> cupsServer(cupsLibrary, "cupsServer");
inline const LateFunction<decltype(::cupsStartDestDocument)>
    cupsStartDestDocument(cupsLibrary, "cupsStartDestDocument");
inline const LateFunction<decltype(::cupsUser)> cupsUser(cupsLibrary, "cupsUser");
inline const LateFunction<decltype(::cupsWriteRequestData)>
    cupsWriteRequestData(cupsLibrary, "cupsWriteRequestData");
inline const LateFunction<decltype(::httpClose)> httpClose(cupsLibrary, "httpClose");
inline const LateFunction<decltype(::httpConnect2)> httpConnect2(cupsLibrary, "httpConnect2");
inline const LateFunction<decltype(::httpSetTimeout)> httpSetTimeout(cupsLibrary, "httpSetTimeout");
inline const LateFunction<decltype(::ippAddString)> ippAddString(cupsLibrary, "ippAddString");
inline const LateFunction<decltype(::ippAddStrings)> ippAddStrings(cupsLibrary, "ippAddStrings");
inline const LateFunction<decltype(::ippContainsString)> ippContainsString(cupsLibrary,
                                                                           "ippContainsString");
inline const LateFunction<decltype(::ippDelete)> ippDelete(cupsLibrary, "ippDelete");
inline const LateFunction<decltype(::ippErrorString)> ippErrorString(cupsLibrary, "ippErrorString");
inline const LateFunction<decltype(::ippFindAttribute)> ippFindAttribute(cupsLibrary,
                                                                         "ippFindAttribute");
inline const LateFunction<decltype(::ippGetInteger)> ippGetInteger(cupsLibrary, "ippGetInteger");
inline const LateFunction<decltype(::ippGetString)> ippGetString(cupsLibrary, "ippGetString");
inline const LateFunction<decltype(::ippNewRequest)> ippNewRequest(cupsLibrary, "ippNewRequest");
inline const LateFunction<decltype(::ippPort)> ippPort(cupsLibrary, "ippPort");

} // namespace Sparekey
