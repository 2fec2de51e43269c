// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/codereading.h"

#include "core/codeimport/importedtext.h"
#include "core/codeimport/importqr.h"
#include "core/codeimport/kdbxitems.h"
#include "ui/library/libraryfiles.h"
#include "ui/library/searchtext.h"

#include <QCoroFuture>

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QImageReader>
#include <QtConcurrentRun>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Reading = std::shared_ptr<Result<ReadCodes>>;

// The format of a picture by its first bytes; empty if it is none. Qt is not asked, because its
// plug-ins include formats that are programs rather than pictures, such as SVG.
QByteArray pictureFormat(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png"_ba;
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg"_ba;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif"_ba;
    if (bytes.size() > 12 && bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP"))
        return "webp"_ba;
    return {};
}

// `picture` shares its pixels with no other.
void wipePixels(QImage &picture)
{
    if (!picture.isNull())
        explicit_bzero(picture.bits(), static_cast<size_t>(picture.sizeInBytes()));
    picture = {};
}

Result<QImage> decodePicture(QByteArrayView bytes, const QByteArray &format)
{
    QByteArray borrowed = QByteArray::fromRawData(bytes.data(), bytes.size());
    QBuffer device(&borrowed);
    device.open(QIODevice::ReadOnly);
    QImageReader reader(&device, format);
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    if (!size.isValid())
        return fail(ErrorKind::ImportDamaged);
    if (qint64{size.width()} * size.height() > mostPicturePixels)
        return fail(ErrorKind::ImportTooLarge);
    if (reader.supportsAnimation() && reader.imageCount() > 1)
        return fail(ErrorKind::ImportNotReadable);
    QImage picture = reader.read();
    if (picture.isNull())
        return fail(ErrorKind::ImportDamaged);
    if (picture.format() != QImage::Format_ARGB32) {
        QImage converted = picture.convertToFormat(QImage::Format_ARGB32);
        wipePixels(picture);
        picture = std::move(converted);
    }
    if (picture.isNull())
        return fail(ErrorKind::ImportTooLarge);
    return picture;
}

Result<ImportResult> importPicture(QByteArrayView bytes, const QByteArray &format)
{
    auto picture = decodePicture(bytes, format);
    if (!picture)
        return fail(picture.error());
    const int width = picture->width();
    const int height = picture->height();
    QByteArray gray(qsizetype{width} * height, Qt::Uninitialized);
    char *pixel = gray.data();
    for (int y = 0; y < height; ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture->constScanLine(y));
        for (int x = 0; x < width; ++x) {
            // What is transparent is shown on white.
            const int alpha = qAlpha(line[x]);
            *pixel++ = static_cast<char>((qGray(line[x]) * alpha + 255 * (255 - alpha)) / 255);
        }
    }
    wipePixels(*picture);
    auto result = importQr({.pixels = reinterpret_cast<const unsigned char *>(gray.constData()),
                            .width = width,
                            .height = height,
                            .stride = width});
    wipe(gray);
    return result;
}

// `importFile` takes everything else than a KeePass file and JSON for a text.
bool isPlainText(QByteArrayView bytes)
{
    if (bytes.size() > longestImportedText || isKeePassFile(bytes))
        return false;
    return !bytes.sliced(bytes.startsWith("\xEF\xBB\xBF") ? 3 : 0).trimmed().startsWith('{');
}

Result<ReadCodes> readBytes(SecureBuffer bytes, const QString &fileName, const ImportKey &key)
{
    const QByteArray format = pictureFormat(bytes.view());
    if (format.isEmpty() && isPlainText(bytes.view()))
        return ReadCodes{.text = std::move(bytes)};
    auto found = format.isEmpty() ? importFile(bytes, fileName, key)
                                  : importPicture(bytes.view(), format);
    if (!found)
        return fail(found.error());
    return ReadCodes{.text = {},
                     .found = *std::move(found),
                     .source = format.isEmpty() ? CodeSource::File : CodeSource::QrCode};
}

QCoro::Task<Result<ReadCodes>> readOnWorker(SecureBuffer bytes, QString fileName, ImportKey key)
{
    // A function that QtConcurrent keeps has to be copyable.
    auto content = std::make_shared<SecureBuffer>(std::move(bytes));
    auto secret = std::make_shared<ImportKey>(std::move(key));
    const auto work = [content, secret, fileName]() -> Reading {
        return std::make_shared<Result<ReadCodes>>(
            readBytes(std::move(*content), fileName, *secret));
    };
    QFuture<Reading> running = QtConcurrent::run(work);
    const Reading read = co_await running;
    co_return std::move(*read);
}

} // namespace

QCoro::Task<Result<ReadCodes>> readCodesOfFile(QString path, ImportKey key)
{
    auto bytes = co_await readChosenFile(path, largestImportedFile);
    if (!bytes)
        co_return fail(bytes.error());
    const QString name = QFileInfo(path).fileName();
    auto read = co_await readOnWorker(std::move(*bytes), name, std::move(key));
    co_return std::move(read);
}

QCoro::Task<Result<ReadCodes>> readCodesOfPicture(SecureBuffer picture)
{
    ImportKey none;
    auto read = co_await readOnWorker(std::move(picture), QString(), std::move(none));
    co_return std::move(read);
}

QList<FoundCodes> foundOf(const ServiceTemplate &service, const QString &account,
                          const QList<FoundCodes> &found)
{
    QList<FoundCodes> own;
    for (const FoundCodes &codes : found) {
        if (codes.service == service.id)
            own.append(codes);
    }
    for (FoundCodes codes : own.isEmpty() ? found : QList<FoundCodes>()) {
        bool fits = !codes.codes.isEmpty();
        for (FoundCode &code : codes.codes) {
            const auto normalized = normalizedCode(service, code.value.view());
            fits = fits && normalized.has_value();
            if (normalized)
                code.value = SecretBytes(normalized->view());
        }
        codes.service = service.id;
        if (fits)
            own.append(codes);
    }
    const QString folded = foldedForSearch(account.simplified());
    QList<FoundCodes> ofAccount;
    for (const FoundCodes &codes : std::as_const(own)) {
        if (!folded.isEmpty() && foldedForSearch(codes.account.text().simplified()) == folded)
            ofAccount.append(codes);
    }
    return ofAccount.isEmpty() ? own : ofAccount;
}

} // namespace Sparekey
