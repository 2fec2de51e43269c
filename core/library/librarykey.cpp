// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/librarykey.h"

#include <utility>

namespace Sparekey {

KdbxResult<CompositeKey> compositeKey(const LibraryKey &key)
{
    CompositeKey composite;
    if (!key.passphrase.isEmpty()) {
        if (const auto set = composite.setPassphrase(key.passphrase); !set)
            return tl::unexpected(set.error());
    }
    if (!key.keyFile.isEmpty()) {
        if (const auto set = composite.setKeyFile(key.keyFile); !set)
            return tl::unexpected(set.error());
    }
    return composite;
}

} // namespace Sparekey
