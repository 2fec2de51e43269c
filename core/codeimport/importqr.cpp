// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codeimport/importqr.h"

#include "core/codeimport/importtext.h"

// Since 1.4 text() is UTF-8 with this.
#define ZX_USE_UTF8
#include <ZXing/ReadBarcode.h>

#include <cstring>
#include <exception>

#if __has_include(<ZXing/ReaderOptions.h>)
#include <ZXing/ReaderOptions.h>
#else
#include <ZXing/DecodeHints.h>
#endif

namespace Sparekey {

namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using QrOptions = ZXing::ReaderOptions;
#else
using QrOptions = ZXing::DecodeHints; // the name before ZXing-C++ 2.2
#endif

// Copies of a secret that ZXing owns.
void wipeOctets(const ZXing::ByteArray &octets)
{
    if (!octets.empty())
        explicit_bzero(const_cast<uint8_t *>(octets.data()), octets.size());
}

} // namespace

Result<ImportResult> importQr(const LuminancePlane &picture)
{
    if (!picture.pixels || picture.width < 1 || picture.height < 1
        || picture.stride < picture.width)
        return fail(ErrorKind::ImportNoQrCode);
    if (qint64{picture.stride} * picture.height > LuminancePlane::mostPixels)
        return fail(ErrorKind::ImportTooLarge);

    ImportResult result;
    bool any = false;
    try {
        QrOptions options;
        options.setFormats(ZXing::BarcodeFormat::QRCode);
        options.setTryHarder(true);
        const ZXing::ImageView view(picture.pixels, picture.width, picture.height,
                                    ZXing::ImageFormat::Lum, picture.stride);
        for (const auto &code : ZXing::ReadBarcodes(view, options)) {
            if (!code.isValid())
                continue;
            any = true;
            const ZXing::ByteArray &octets = code.bytes();
            if (const auto found = importQrText(
                    QByteArrayView(octets.data(), static_cast<qsizetype>(octets.size())))) {
                result.found.append(found->found);
                result.skipped += found->skipped;
            } else {
                ++result.skipped;
            }
            wipeOctets(octets);
        }
    } catch (const std::exception &error) {
        return fail({.kind = ErrorKind::ImportNoQrCode, .detail = QString::fromUtf8(error.what())});
    }
    if (!any)
        return fail(ErrorKind::ImportNoQrCode);
    if (result.found.isEmpty())
        return fail(ErrorKind::ImportNothingFound);
    return result;
}

Result<ImportResult> importQrText(QByteArrayView content)
{
    return importText(content, {});
}

} // namespace Sparekey
