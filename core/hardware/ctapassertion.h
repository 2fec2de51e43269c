// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/fidohandles.h"

namespace Sparekey {

/// Bytes that a request needs besides its list of credentials: RP ID, hash and PIN proof.
constexpr qsizetype bytesBesideAllowList = 400;

/// Whether the only assertion in `assertion` verifies with this key. Also checks the RP ID hash,
/// and user presence if it was requested.
[[nodiscard]] bool verifies(fido_assert_t *assertion, const CredentialPublicKey &publicKey);

} // namespace Sparekey
