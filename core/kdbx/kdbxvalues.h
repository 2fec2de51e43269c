// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringView>
#include <QUuid>

#include <optional>

namespace Sparekey {

/// How KDBX 4 writes values into XML, and back. Pure. Source: keepass.info, "KDBX 4", XML.

/// Strict, but ignores white space, which XML editors add. Nothing if the text is not base64.
[[nodiscard]] std::optional<QByteArray> octetsFromBase64(QStringView text);

/// Base64 of the 16 bytes. A null QUuid is written as 16 zeros, and read as nothing.
[[nodiscard]] QString kdbxText(const QUuid &uuid);
[[nodiscard]] std::optional<QUuid> uuidFromText(QStringView text);

/// Base64 of the seconds since the year 1, in UTC. Reads the ISO 8601 form of KDBX 3 as well.
[[nodiscard]] QString kdbxText(const QDateTime &time);
[[nodiscard]] std::optional<QDateTime> timeFromText(QStringView text);

} // namespace Sparekey
