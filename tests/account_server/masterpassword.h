// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Sparekey {

/// The key derivation of an account, as prelogin sends it.
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

/// The hash that a client with the right password sends: base64(PBKDF2(masterKey, password, 1)).
/// masterKey is from PBKDF2-SHA256 with the salt, or from Argon2id with its SHA-256. The salt is
/// usually the normalized email. Uses OpenSSL and libargon2 and deliberately not core, because it
/// verifies core's derivation.
/// @return nothing if the settings need more memory than this server allows.
[[nodiscard]] std::optional<QByteArray>
masterPasswordHash(const QString &password, const QString &salt, const KdfSettings &kdf);

/// What a server stores: a salted, stretched hash of the received hash.
class StoredSecret
{
public:
    /// An empty @p hash creates a secret that nothing matches.
    explicit StoredSecret(const QByteArray &hash);
    [[nodiscard]] bool matches(const QByteArray &hash) const;

private:
    QByteArray m_salt;
    QByteArray m_stretched; ///< Empty if nothing may match.
};

/// @p count bytes from the system's generator.
[[nodiscard]] QByteArray randomBytes(qsizetype count);

} // namespace Sparekey
