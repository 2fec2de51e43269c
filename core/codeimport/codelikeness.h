// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/textcells.h"

#include <QByteArrayView>
#include <QList>

#include <string>

namespace Sparekey {

// What of a text looks like a code, whichever service it may be of.

[[nodiscard]] bool hasDigit(QByteArrayView text);
/// Digits only.
[[nodiscard]] bool isNumber(QByteArrayView word);
/// 1900 to 2099.
[[nodiscard]] bool isYear(QByteArrayView word);

/// Letters, digits and what joins them; as a code, not as a sentence.
[[nodiscard]] bool looksLikeCode(const TextCell &cell);
[[nodiscard]] qsizetype countCodeLike(const QList<TextCell> &cells);

/// The lengths of the parts and what is between them: codes of one set have the same.
[[nodiscard]] std::string shapeOf(QByteArrayView cell);

} // namespace Sparekey
