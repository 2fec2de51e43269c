// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/foundcodes.h"
#include "core/result.h"

#include <QByteArrayView>

namespace Sparekey {

/// A picture in shades of gray, one byte a pixel, 0 for black. Does not own the pixels.
struct LuminancePlane
{
    /// Larger pictures are refused.
    static constexpr qint64 mostPixels = 100'000'000;

    const unsigned char *pixels = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0; ///< In bytes, from the begin of a row to that of the next.
};

/// Reads all QR codes of a picture, turned in any direction, and what they contain as
/// `importQrText`. Takes up to seconds for a large picture: never on the GUI thread. Any other
/// thread. ZXing's copies of the content lie in ordinary memory until this returns. Errors:
/// `ImportTooLarge`; `ImportNoQrCode`; `ImportNothingFound` if the codes contain something else.
[[nodiscard]] Result<ImportResult> importQr(const LuminancePlane &picture);

/// The content of one QR code: an `otpauth://` or `otpauth-migration://` URI, or the codes of one
/// of our sheets, one on a line. Errors as `importText`.
[[nodiscard]] Result<ImportResult> importQrText(QByteArrayView content);

} // namespace Sparekey
