// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

namespace Sparekey {

/// The name that a key or reader reports, cleaned for display: no control characters, spaces
/// simplified, at most 100 characters.
[[nodiscard]] QString shownKeyText(QByteArrayView utf8);

/// A name as it is sent to a key: no control characters, and at most 64 bytes of UTF-8, which is
/// what every key must be able to keep (CTAP 2.1, 6.1, truncation of user names).
[[nodiscard]] QByteArray storedKeyText(QStringView text);

/// A PIN as keys expect it: normalized (NFC), in UTF-8, followed by a zero byte (CTAP 2.1, 6.5.1).
[[nodiscard]] SecureBuffer pinForKey(const SecureBuffer &entered);

/// The number of Unicode code points in a UTF-8 text.
[[nodiscard]] qsizetype codePoints(QByteArrayView utf8);

} // namespace Sparekey
