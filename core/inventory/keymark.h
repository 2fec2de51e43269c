// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/result.h"

namespace Sparekey {

/// What to ask of a key that is in no account, so that it is known again: a credential that opens
/// nothing and takes no room on the key, for a site that there cannot be (RFC 2606, `.invalid`), so
/// that no web page can ask for it. Touched once, the key tells later without a touch. `recognize`
/// as in the request. `Cryptography` if the system has no random numbers.
[[nodiscard]] Result<MakeCredentialRequest> keyMark(const QList<KnownCredential> &recognize);

} // namespace Sparekey
