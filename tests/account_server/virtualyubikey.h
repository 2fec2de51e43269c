// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>

namespace Sparekey {

/// What makes one YubiKey: its public id and what only it and Yubico's service know.
struct YubiKeySecret
{
    QByteArray publicId;  ///< 6 bytes; 12 letters of modhex in front of each code.
    QByteArray privateId; ///< 6 bytes inside the encrypted block.
    QByteArray aesKey;    ///< 16 bytes.

    /// Made from @p name, so that accounts and tests can name the same key. The id starts with
    /// six times `c`, as those of keys from the factory do.
    [[nodiscard]] static YubiKeySecret named(const QString &name);
    [[nodiscard]] QString shownId() const; ///< The public id in modhex.
};

/// The letters that keyboards of most layouts type alike: cbdefghijklnrtuv for 0 to 15.
[[nodiscard]] QString modhex(const QByteArray &bytes);
[[nodiscard]] std::optional<QByteArray> fromModhex(const QString &text);

/// A key to touch. Each touch types a code of 44 letters: the public id, then one AES-128 block
/// with private id, counters, a timestamp, random bytes and a CRC (Yubico OTP).
class VirtualYubiKey
{
public:
    explicit VirtualYubiKey(YubiKeySecret secret);

    [[nodiscard]] QString touch();
    void plugInAgain(); ///< Counts the session up and starts the use counter anew.
    [[nodiscard]] const YubiKeySecret &secret() const { return m_secret; }

private:
    YubiKeySecret m_secret;
    quint16 m_session = 1;
    quint8 m_use = 0;
};

/// Yubico's validation service, with the keys that tests have touched. A code is good if it
/// decrypts to its key's private id with a right CRC, and if its counters are later than those
/// seen before: each code counts once, and an older one not at all.
class YubicoService
{
public:
    /// The key of that name; it comes into being when it is asked for.
    [[nodiscard]] VirtualYubiKey &key(const QString &name);
    [[nodiscard]] bool accept(const QString &otp);

private:
    struct Known
    {
        VirtualYubiKey key;
        int lastUse = -1; ///< Session counter times 256 plus use counter.
    };
    std::map<QString, Known> m_keys;
};

} // namespace Sparekey
