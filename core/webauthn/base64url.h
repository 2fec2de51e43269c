// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Sparekey {

/// RFC 4648, 5, without padding: how WebAuthn writes bytes in JSON.
[[nodiscard]] QString toBase64Url(QByteArrayView bytes);

/// Reads it with or without padding, and plain base64 as well, which some servers write. Nothing
/// if there is any other character, or no bytes at all.
[[nodiscard]] std::optional<QByteArray> fromBase64Url(const QString &text);

} // namespace Sparekey
