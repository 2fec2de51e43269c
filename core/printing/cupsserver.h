// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/cupslibrary.h"
#include "core/result.h"

#include <QString>

#include <atomic>
#include <memory>

namespace Sparekey {

/// Not 0: stop connecting to CUPS. libcups polls it.
using CancelFlag = std::shared_ptr<std::atomic<int>>;

/// Closes a connection to CUPS that goes out of scope.
struct CloseConnection
{
    void operator()(http_t *http) const { httpClose(http); }
};
using Connection = std::unique_ptr<http_t, CloseConnection>;

/// Frees an answer of CUPS that goes out of scope.
struct DeleteIpp
{
    void operator()(ipp_t *ipp) const { ippDelete(ipp); }
};
using Answer = std::unique_ptr<ipp_t, DeleteIpp>;

/// A connection of our own, because the one that libcups keeps for each thread has no timeout. Null
/// if the library or the server is missing, or the server does not answer within seconds.
[[nodiscard]] Connection connectToServer(const CancelFlag &canceled);

/// Whether the server answers. Checked first, because some calls of libcups fall back on its own
/// connection, which waits for a minute.
[[nodiscard]] bool answers(http_t *http);

/// A text from the print service or a printer's owner, cleaned for display.
[[nodiscard]] QString cleaned(const char *text);

[[nodiscard]] bool succeeded(ipp_status_t status);

[[nodiscard]] Failure printServiceUnavailable();

/// The error that libcups recorded for its last call in this thread.
[[nodiscard]] Failure lastCupsFailure(const QString &printer);

} // namespace Sparekey
