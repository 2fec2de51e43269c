// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace Sparekey {

/// RFC 4648, 5, without padding: how WebAuthn writes bytes in JSON.
[[nodiscard]] QString toBase64Url(QByteArrayView bytes);

/// Decodes it with or without padding, and also plain base64, which some servers send. Nothing if
/// there are other characters, or no bytes.
[[nodiscard]] std::optional<QByteArray> fromBase64Url(const QString &text);

} // namespace Sparekey
