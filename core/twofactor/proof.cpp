// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/proof.h"

namespace Sparekey {

bool Proof::isExpired(Clock::time_point now) const
{
    return !token.isEmpty() && now - obtained >= Lifetime;
}

SecretJson Proof::body() const
{
    SecretJson body;
    body.add("masterPasswordHash", passwordHash);
    body.add("secret", passwordHash);
    if (!token.isEmpty())
        body.add("userVerificationToken", token);
    return body;
}

} // namespace Sparekey
