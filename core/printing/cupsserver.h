// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/cupslibrary.h"
#include "core/result.h"

#include <QString>

#include <atomic>
#include <memory>

namespace Sparekey {

/// Not 0: whoever is connecting to CUPS shall give up. libcups polls it.
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

/// A connection of our own, because the one libcups keeps for a thread has no timeout. Null if the
/// library or the server is missing, or the server does not answer within seconds.
[[nodiscard]] Connection connectToServer(const CancelFlag &canceled);

/// Some calls of libcups fall back on its own connection, which waits for a minute; so a server
/// that does not answer has to be noticed before.
[[nodiscard]] bool answers(http_t *http);

/// A text of the print service or of a printer's owner, for people to read.
[[nodiscard]] QString cleaned(const char *text);

[[nodiscard]] bool succeeded(ipp_status_t status);

[[nodiscard]] Failure printServiceUnavailable();

/// What libcups noted about its last call in this thread.
[[nodiscard]] Failure lastCupsFailure(const QString &printer);

} // namespace Sparekey
