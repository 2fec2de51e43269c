// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/result.h"

namespace Sparekey {

/// A request for a credential that only serves to recognize a key without an account. It opens
/// nothing and takes no space on the key. Its relying party cannot exist (RFC 2606, `.invalid`), so
/// no web page can ask for it. Making it needs a touch; recognizing the key later does not.
/// `recognize` is that of the request. `Cryptography` if the system has no random numbers.
[[nodiscard]] Result<MakeCredentialRequest>
recognitionRequest(const QList<KnownCredential> &recognize);

} // namespace Sparekey
