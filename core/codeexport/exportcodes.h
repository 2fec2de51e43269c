// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/files/secretfile.h"
#include "core/library/libraryentry.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QList>
#include <QString>
#include <QStringList>

namespace Sparekey {

/// What other programs can open an exported file.
enum class ExportFormat {
    Kdbx,      ///< KeePassXC and its relatives, with a passphrase: ".kdbx".
    Bitwarden, ///< Bitwarden's importer, with a passphrase: ".json".
    OpenPgp,   ///< GnuPG, with a passphrase or to public keys: ".asc".
    Text,      ///< Everything, and nothing protects it: ".txt".
};

/// Where an export goes and what protects it.
struct ExportTarget
{
    ExportFormat format = ExportFormat::Kdbx;
    QString path = {};
    ExistingFile existing = ExistingFile::Keep;
    /// Empty for `Text`, and for `OpenPgp` to keys.
    SecureBuffer passphrase = {};
    /// `OpenPgp`: fingerprints, key ids or email addresses; with any, there is no passphrase.
    QStringList recipients = {};
};

/// Writes the current codes and setup keys of these entries into a file of another format. Void
/// sets, copies, reminders and what is needed stay behind. Have `Library::provesKey` prove the
/// library's key before this.
///
/// The content is encrypted, decrypted again and compared, and then saved by `writeSecretFile`,
/// which reads it back from the disk. An export to public keys cannot be decrypted here; GnuPG has
/// to name each key it has encrypted to. Works on another thread, with a wiped stack, for up to
/// seconds; call it on the GUI thread.
///
/// Errors: those of `writeSecretFile`; `PassphraseTooShort` and `PassphraseTooLong`
/// (`checkOwnPassphrase`); `LibraryTextUnusable`; `FileReadBackFailed` if it does not decrypt to
/// what it was made of; `GpgMissing`, `GpgKeyUnusable`, `GpgFailure`; `Cryptography`.
[[nodiscard]] QCoro::Task<Result<void>> exportCodes(QList<LibraryEntry> entries,
                                                    ExportTarget target);

/// Whether GnuPG is installed, so that `OpenPgp` can work. Looks through `PATH`.
[[nodiscard]] bool canExportOpenPgp();

} // namespace Sparekey
