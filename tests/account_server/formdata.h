// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

#include <optional>

namespace Sparekey {

/// The fields of an `application/x-www-form-urlencoded` body. Names are lower-cased, because the
/// servers match them case-insensitively.
using FormFields = QHash<QString, QString>;

/// Decodes strictly: `+` is a space (so an unescaped base64 hash arrives broken, as on real
/// servers), a `%` needs two hex digits, the text must be UTF-8, no field may be repeated.
/// @return nothing if the body breaks one of these rules.
[[nodiscard]] std::optional<FormFields> decodeForm(const QByteArray &body);

} // namespace Sparekey
