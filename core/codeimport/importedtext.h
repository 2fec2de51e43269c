// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QByteArrayView>
#include <QList>

namespace Sparekey {

/// A text of unknown encoding as plain UTF-8: lines end with LF, each space and dash is that of
/// ASCII, and there are no control, format (direction) and strike characters.
struct ImportedText
{
    SecureBuffer utf8 = {};
    /// There were control or format characters, which are left out.
    bool hadHiddenCharacters = false;
    /// Offsets in `utf8`, ascending, at which a character ends that was struck through (U+0335 to
    /// U+0338).
    QList<qsizetype> struck = {};
};

/// In bytes.
inline constexpr qsizetype longestImportedText = qsizetype{64} * 1024;

/// Decodes UTF-8 and UTF-16 of either byte order, each with and without byte order mark, and what
/// is neither as Latin-1; line ends may be LF, CRLF or CR. Any thread. Errors: `ImportTooLarge`
/// above 64 KiB; `ImportNotReadable` for binary data.
[[nodiscard]] Result<ImportedText> decodeImportedText(QByteArrayView bytes);

} // namespace Sparekey
