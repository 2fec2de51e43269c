// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Sparekey {

/// The key derivation of an account, as prelogin tells it.
struct KdfSettings
{
    enum class Type { Pbkdf2 = 0, Argon2id = 1 };
    Type type = Type::Pbkdf2;
    int iterations = 600'000;
    int memoryMiB = 0;   ///< Argon2id only.
    int parallelism = 0; ///< Argon2id only.
};

/// Trimmed and lower-cased, as the servers look up an account and as clients make the salt.
[[nodiscard]] QString normalizedEmail(const QString &email);

/// The hash that an honest client sends: base64(PBKDF2(masterKey, password, 1)), with masterKey
/// from PBKDF2-SHA256 over the salt or Argon2id over its SHA-256. The salt is the normalized email
/// as a rule. Written against OpenSSL and
/// libargon2 and on purpose not against core: it is the judge over core's derivation.
/// @return nothing if the settings ask for more memory than this server is willing to spend.
[[nodiscard]] std::optional<QByteArray>
masterPasswordHash(const QString &password, const QString &salt, const KdfSettings &kdf);

/// What a server keeps: a salted, stretched hash of the hash it was sent.
class StoredSecret
{
public:
    /// An empty @p hash makes a secret that nothing matches.
    explicit StoredSecret(const QByteArray &hash);
    [[nodiscard]] bool matches(const QByteArray &hash) const;

private:
    QByteArray m_salt;
    QByteArray m_stretched; ///< Empty if nothing shall match.
};

/// @p count bytes from the system's generator.
[[nodiscard]] QByteArray randomBytes(qsizetype count);

} // namespace Sparekey
