// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/kdbx/variantdictionary.h"
#include "core/library/libraryentry.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

namespace Sparekey {

// The current codes and setup keys of entries in the forms that other programs read. Each is read
// back before it is returned; `FileReadBackFailed` if that fails. `LibraryTextUnusable` if a text
// has characters that the form does not allow. Pure; on a wiped stack.

/// A KDBX file, in which each entry is as in a library (`entryinkdbx.h`). Derives two keys.
[[nodiscard]] Result<QByteArray> codesAsKdbx(const QList<LibraryEntry> &entries,
                                             const SecureBuffer &passphrase,
                                             const VariantDictionary &kdf, const QDateTime &now);

/// Bitwarden's plain export: logins in a folder, with codes in hidden fields, such as
/// "Recovery code 02 (used 2026-05-04)", and setup keys as authenticator keys. Source: the export
/// and import of the official clients.
[[nodiscard]] Result<SecureBuffer> codesAsBitwardenJson(const QList<LibraryEntry> &entries);

/// The same in a password-protected export. Derives two keys.
[[nodiscard]] Result<QByteArray> codesAsProtectedJson(const QList<LibraryEntry> &entries,
                                                      const SecureBuffer &passphrase);

/// UTF-8 for people: each entry with a line for each code, which begins with "[ ]", or "[x]" if it
/// is used, or "[?]" if that is not known. Importing codes from text understands it.
[[nodiscard]] SecureBuffer codesAsText(const QList<LibraryEntry> &entries, const QDate &today);

} // namespace Sparekey
