// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/credentials.h"
#include "tests/authenticator/hidfront.h"

namespace Sparekey {

// Registers and signs with a key at a port by libfido2 alone: what tests compare the program with,
// and how they come by answers of a key without it. Blocks; needs `fido_init` in the thread.

/// @return FIDO_OK, or what libfido2 says.
[[nodiscard]] int makeCredential(const HidFront &port, const MakeCredentialRequest &request,
                                 const QByteArray &pin, MakeCredentialReply &reply);
[[nodiscard]] int getAssertion(const HidFront &port, const GetAssertionRequest &request,
                               const QByteArray &pin, GetAssertionReply &reply);

} // namespace Sparekey
