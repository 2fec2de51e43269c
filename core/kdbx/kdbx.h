// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/compositekey.h"
#include "core/kdbx/kdbxdatabase.h"
#include "core/kdbx/kdbxerror.h"
#include "core/kdbx/kdbxkdf.h"
#include "core/kdbx/kdbxlimits.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>

namespace Sparekey {

/// Reads and writes KDBX 4.0 and 4.1, the file format of KeePass, KeePassXC, KeePassDX and
/// Strongbox. Pure functions over bytes: no files, no state, any thread, each on a stack that is
/// wiped. They block, those with a `CompositeKey` for the time of the key derivation, so never call
/// them on the GUI thread. Source: keepass.info, "KDBX 4".
///
/// A file can be opened in two steps, so that the slow step runs separately and its result can be
/// reused to read back what was saved: `deriveKdbxKey(readOuterHeader(file).header.kdf, key)`, then
/// `openKdbxWith`. `openKdbx` does both.

/// Errors: those of `readOuterHeader` and `deriveKdbxKey`, then those of `openKdbxWith`.
[[nodiscard]] KdbxResult<KdbxDatabase> openKdbx(QByteArrayView file, const CompositeKey &key,
                                                const KdbxLimits &limits = {});

/// Errors: `WrongKey` if the header does not match this key; after that `Damaged`, `TooLarge` or
/// `UnknownInnerStream`.
[[nodiscard]] KdbxResult<KdbxDatabase>
openKdbxWith(QByteArrayView file, const SecureBuffer &derivedKey, const KdbxLimits &limits = {});

/// A file of that database, with a new salt. Errors: `NotWritable`, those of `deriveKdbxKey`.
[[nodiscard]] KdbxResult<QByteArray>
writeKdbx(const KdbxDatabase &database, const CompositeKey &key, const KdbxLimits &limits = {});

/// The same with a key that was derived from `database.header.kdf`. Seed, IV and inner key are new
/// each time. `NotWritable`, also if the header has settings that are not valid.
[[nodiscard]] KdbxResult<QByteArray> writeKdbxWith(const KdbxDatabase &database,
                                                   const SecureBuffer &derivedKey);

} // namespace Sparekey
