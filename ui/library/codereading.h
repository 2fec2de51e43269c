// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/codeimport/importfile.h"
#include "core/library/libraryentry.h"
#include "core/result.h"
#include "core/secret/securebuffer.h"
#include "core/servicecatalog/servicetemplate.h"

#include <QCoroTask>
#include <QString>

namespace Sparekey {

/// Larger pictures are refused: Qt decodes at most 128 MiB, at four bytes a pixel.
inline constexpr qint64 mostPicturePixels = 32'000'000;

/// What a file or a picture holds. Move-only.
struct ReadCodes
{
    /// A plain text of at most 64 KiB, which is not searched yet; else empty.
    SecureBuffer text = {};
    /// What was found in anything else.
    ImportResult found = {};
    CodeSource source = CodeSource::File;
};

/// Reads a file that the user has chosen, on a worker thread: a picture with QR codes (PNG, JPEG,
/// GIF or WebP, not animated), or anything that `importFile` reads. `key` is empty if none
/// is known. Errors: those of `readChosenFile`, `importFile` and `importQr`.
[[nodiscard]] QCoro::Task<Result<ReadCodes>> readCodesOfFile(QString path, ImportKey key);

/// The same for the bytes of a picture.
[[nodiscard]] QCoro::Task<Result<ReadCodes>> readCodesOfPicture(SecureBuffer picture);

/// What of `found` can be of the service and account that the user has chosen, an account only if
/// one is given and found. Codes of no certain service are taken if all of them fit.
[[nodiscard]] QList<FoundCodes> foundOf(const ServiceTemplate &service, const QString &account,
                                        const QList<FoundCodes> &found);

} // namespace Sparekey
