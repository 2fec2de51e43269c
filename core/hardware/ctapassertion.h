// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "core/hardware/fidohandles.h"

namespace Sparekey {

/// Bytes of a request beside its list of credentials: RP id, hash and PIN proof.
constexpr qsizetype bytesBesideAllowList = 400;

/// Whether `assertion`'s only answer verifies with this key, RP ID hash included, and the touch if
/// that was asked for.
[[nodiscard]] bool verifies(fido_assert_t *assertion, const CredentialPublicKey &publicKey);

} // namespace Sparekey
