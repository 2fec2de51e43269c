// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>

namespace Sparekey {

/// The identity of a YubiKey: its public id, and secrets that only it and Yubico's service know.
struct YubiKeySecret
{
    QByteArray publicId;  ///< 6 bytes; 12 letters of modhex in front of each code.
    QByteArray privateId; ///< 6 bytes inside the encrypted block.
    QByteArray aesKey;    ///< 16 bytes.

    /// Derived from @p name, so that accounts and tests can refer to the same key. The id starts
    /// with `cccccc`, like that of a new key.
    [[nodiscard]] static YubiKeySecret named(const QString &name);
    [[nodiscard]] QString shownId() const; ///< The public id in modhex.
};

/// Encodes 0 to 15 as cbdefghijklnrtuv, letters that are the same in most keyboard layouts.
[[nodiscard]] QString modhex(const QByteArray &bytes);
[[nodiscard]] std::optional<QByteArray> fromModhex(const QString &text);

/// A simulated key. Each touch outputs a code of 44 letters: the public id, then one AES-128 block
/// with private id, counters, a timestamp, random bytes and a CRC (Yubico OTP).
class VirtualYubiKey
{
public:
    explicit VirtualYubiKey(YubiKeySecret secret);

    [[nodiscard]] QString touch();
    void plugInAgain(); ///< Increments the session counter and resets the use counter.
    [[nodiscard]] const YubiKeySecret &secret() const { return m_secret; }

private:
    YubiKeySecret m_secret;
    quint16 m_session = 1;
    quint8 m_use = 0;
};

/// Simulates Yubico's validation service, with the keys that tests have touched. A code is valid if
/// it decrypts to its key's private id with a correct CRC, and if its counters are higher than all
/// seen before. So each code is valid once, and older codes are invalid.
class YubicoService
{
public:
    /// The key with this name; creates it if necessary.
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
