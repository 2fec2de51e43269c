// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace Sparekey {

/// RFC 4648 §6 without padding, upper case, as a setup key is shown to users.
[[nodiscard]] QString base32(const QByteArray &bytes);
/// Ignores spaces and letter case; nothing if there are other characters.
[[nodiscard]] std::optional<QByteArray> fromBase32(const QString &text);

/// RFC 6238 with SHA-1, 30 s and six digits.
[[nodiscard]] qint64 totpStep(std::chrono::system_clock::time_point time);
[[nodiscard]] QString totpCode(const QByteArray &key, qint64 step);

/// Remembers the used codes of one key. A code is valid once, and up to one step early or late.
class TotpMemory
{
public:
    /// The official server remembers used codes. Vaultwarden remembers the last used step, and
    /// accepts no code of it or of an earlier step.
    enum class Rule { EachCodeOnce, OnlyLater };

    /// @return whether the code is valid; marks it as used.
    [[nodiscard]] bool accept(const QByteArray &key, const QString &code, Rule rule);

private:
    QList<qint64> m_used;
};

} // namespace Sparekey
