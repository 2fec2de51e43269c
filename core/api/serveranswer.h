// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"
#include "core/json/jsonfields.h"
#include "core/result.h"

namespace Sparekey {

/// What an unsuccessful answer means, for all servers of the protocol. Their error envelopes differ
/// (`ErrorModel.Message`, `errorModel.message`, `message`, `validationErrors`,
/// `error_description`), the meaning of the status does not.
[[nodiscard]] Error errorFrom(const HttpAnswer &answer);

/// The request may have been carried out although no successful answer came.
[[nodiscard]] bool isOutcomeUnknown(const Error &error);

/// The JSON object of a successful answer, or what went wrong. An HTML page, an empty body or a
/// truncated document is `NotAnAccountServer`.
[[nodiscard]] Result<JsonFields> jsonFrom(const HttpAnswer &answer);
[[nodiscard]] Result<JsonFields> jsonFrom(const Result<HttpAnswer> &answer);

/// The server's own explanation in an error answer; empty if it gave none.
[[nodiscard]] ForeignText serverText(const JsonFields &fields);

} // namespace Sparekey
