// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/result.h"

#include <QStringList>

namespace Sparekey {

/// The values of all codes; a question mark in front of an unsure one, an exclamation mark in front
/// of one that does not fit.
inline QStringList codesOf(const FoundCodes &found)
{
    QStringList codes;
    for (const FoundCode &code : found.codes) {
        codes.append(QString::fromUtf8(code.unsure ? "?" : "")
                     + QString::fromUtf8(code.fits ? "" : "!")
                     + QString::fromUtf8(code.value.view()));
    }
    return codes;
}

inline QByteArray utf16Of(const QString &text, bool bigEndian)
{
    QByteArray bytes;
    for (const QChar unit : text) {
        const char high = static_cast<char>(unit.unicode() >> 8U);
        const char low = static_cast<char>(unit.unicode() & 0xFFU);
        bytes.append(bigEndian ? high : low).append(bigEndian ? low : high);
    }
    return bytes;
}

} // namespace Sparekey
