// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever the keyring has under our name becomes a session that can be used, or none.

#include "core/account/accountstore.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sparekey;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto entry = SecureBuffer::copyOf(QByteArrayView(data, qsizetype(size)));
    const AccountRecord account{.environment = Environment::cloud(
                                    Environment::Region::UnitedStates),
                                .email = u"a@b.example"_s};
    const auto kept = keptSessionFrom(entry, account);
    if (!kept)
        return 0;
    if (kept->refreshToken.isEmpty() || assess(kept->account.prelogin.kdf) == KdfVerdict::TooLarge)
        std::abort();
    return 0;
}
