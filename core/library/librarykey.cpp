// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/library/librarykey.h"

#include "core/kdbx/keyfile.h"
#include "core/library/libraryerror.h"

#include <utility>

namespace Sparekey {

KdbxResult<CompositeKey> compositeKey(const LibraryKey &key)
{
    return CompositeKey::of(key.passphrase, key.keyFile);
}

Result<SecureBuffer> newLibraryKeyFile()
{
    auto content = newKeyFile();
    if (!content)
        return fail(libraryError(content.error(), {}));
    return std::move(*content);
}

} // namespace Sparekey
