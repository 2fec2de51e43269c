// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace Sparekey {

// OpenPGP messages by the program gpg (GnuPG 2.2 or later). Text and passphrase go through sockets,
// never through arguments or files. Each call blocks until gpg has ended, for at most a minute: not
// for the GUI thread. Errors: `GpgMissing`, `GpgFailure`.

/// Whether gpg is in `PATH`.
[[nodiscard]] bool isGpgInstalled();

/// An armored message that this passphrase decrypts: AES-256, with the slowest derivation that
/// OpenPGP has (RFC 4880, 3.7.1.3). The user's settings and keyring are neither read nor written.
[[nodiscard]] Result<QByteArray> encryptWithGpg(QByteArrayView plain,
                                                const SecureBuffer &passphrase);

/// The text of such a message.
[[nodiscard]] Result<SecureBuffer> decryptWithGpg(QByteArrayView message,
                                                  const SecureBuffer &passphrase);

/// An armored message to the public keys of these recipients in the user's keyring: fingerprints,
/// key ids or email addresses. GnuPG has to consider a key valid unless it is named by its whole
/// fingerprint. Nothing is fetched from the network. `GpgKeyUnusable` names the recipient.
[[nodiscard]] Result<QByteArray> encryptWithGpgTo(QByteArrayView plain,
                                                  const QStringList &recipients);

/// To how many keys a message is encrypted, without decrypting it.
[[nodiscard]] Result<qsizetype> countGpgRecipients(QByteArrayView message);

} // namespace Sparekey
