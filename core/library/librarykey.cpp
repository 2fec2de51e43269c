// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/librarykey.h"

namespace Sparekey {

KdbxResult<CompositeKey> compositeKey(const LibraryKey &key)
{
    return CompositeKey::of(key.passphrase, key.keyFile);
}

} // namespace Sparekey
