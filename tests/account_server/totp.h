// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Sparekey {

/// RFC 4648 §6 without padding, upper case: how a key is shown to people.
[[nodiscard]] QString base32(const QByteArray &bytes);
/// Spaces and letter case do not matter; nothing if there are other characters.
[[nodiscard]] std::optional<QByteArray> fromBase32(const QString &text);

/// RFC 6238 with SHA-1, 30 s and six digits.
[[nodiscard]] qint64 totpStep(std::chrono::system_clock::time_point time);
[[nodiscard]] QString totpCode(const QByteArray &key, qint64 step);

/// Which codes of one key were used. A code counts one step early or late, and once.
class TotpMemory
{
public:
    /// The official server remembers the codes that were used; Vaultwarden the last step, and
    /// takes no code of that or an earlier one.
    enum class Rule { EachCodeOnce, OnlyLater };

    /// @return whether the code is good; it is not a second time.
    [[nodiscard]] bool accept(const QByteArray &key, const QString &code, Rule rule);

private:
    QList<qint64> m_used;
};

} // namespace Sparekey
