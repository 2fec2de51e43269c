// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetfile.h"

#include "core/files/enteredpath.h"
#include "core/pdf/protectedpdf.h"
#include "ui/render/sheetpdf.h"

#include <QCoroFuture>

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString suffixOf(SheetFormat format)
{
    return format == SheetFormat::Text ? u"txt"_s : u"pdf"_s;
}

Result<SecureBuffer> protectedAndVerified(const SecureBuffer &pdf, const SecureBuffer &passphrase)
{
    auto locked = protectPdf(pdf.view(), passphrase);
    if (!locked)
        return locked;
    if (const auto opens = verifyOpens(locked->view(), passphrase); !opens)
        return fail(opens.error());
    return locked;
}

QString documentsFolder()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

} // namespace

Result<SecureBuffer> sheetBytes(const Sheet &sheet, SheetFormat format,
                                const SecureBuffer &passphrase)
{
    if (format == SheetFormat::Text)
        return toPlainText(sheet);
    auto pdf = renderPdf(sheet);
    if (!pdf || format == SheetFormat::Pdf)
        return pdf;
    return protectedAndVerified(*pdf, passphrase);
}

QCoro::Task<Result<SecureBuffer>> sheetBytesInBackground(std::shared_ptr<const Sheet> sheet,
                                                         SheetFormat format,
                                                         SecureBuffer passphrase)
{
    struct Work
    {
        SecureBuffer passphrase;
        Result<SecureBuffer> bytes;
    };
    const auto work = std::make_shared<Work>();
    work->passphrase = std::move(passphrase);
    auto rendered = QtConcurrent::run([work, sheet, format] {
        work->bytes = sheetBytes(*sheet, format, work->passphrase);
        work->passphrase.clear();
    });
    co_await rendered;
    co_return std::move(work->bytes);
}

QCoro::Task<Result<SecureBuffer>> pdfInBackground(std::vector<Sheet> sheets,
                                                  SecureBuffer passphrase)
{
    struct Work
    {
        std::vector<Sheet> sheets;
        SecureBuffer passphrase;
        Result<SecureBuffer> bytes;
    };
    const auto work = std::make_shared<Work>();
    work->sheets = std::move(sheets);
    work->passphrase = std::move(passphrase);
    auto rendered = QtConcurrent::run([work] {
        work->bytes = renderPdf(work->sheets);
        if (work->bytes && !work->passphrase.isEmpty())
            work->bytes = protectedAndVerified(*work->bytes, work->passphrase);
        work->passphrase.clear();
        work->sheets.clear();
    });
    co_await rendered;
    co_return std::move(work->bytes);
}

QString suggestedSheetPath(const Sheet &sheet, SheetFormat format)
{
    return documentsFolder() + u'/' + suggestedFileName(sheet, suffixOf(format));
}

QString sheetPath(const QString &entered, SheetFormat format)
{
    QString path = enteredPath(entered, documentsFolder());
    if (QFileInfo(path).suffix().isEmpty() && !QFileInfo(path).isDir())
        path += u'.' + suffixOf(format);
    return path;
}

} // namespace Sparekey
