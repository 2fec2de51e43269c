// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetpdf.h"

#include "core/pdf/pdfspaces.h"
#include "ui/render/sheetfonts.h"
#include "ui/render/sheetpainter.h"

#include <QIODevice>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// A device for the PDF writer that keeps the written data in locked memory.
class SecureDevice : public QIODevice
{
public:
    SecureDevice() { open(QIODevice::WriteOnly); }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] SecureBuffer take() { return std::move(m_buffer); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_buffer.append({data, static_cast<qsizetype>(size)});
        return size;
    }

private:
    SecureBuffer m_buffer;
};

QPageLayout layoutOf(const Sheet &sheet)
{
    const QPageSize size(sheet.options.paper == PaperSize::A4 ? QPageSize::A4 : QPageSize::Letter);
    return QPageLayout(size, QPageLayout::Portrait, QMarginsF());
}

} // namespace

Result<SecureBuffer> renderPdf(const Sheet &sheet)
{
    return renderPdf(std::span(&sheet, 1));
}

Result<SecureBuffer> renderPdf(std::span<const Sheet> sheets)
{
    SecureDevice device;
    {
        QPdfWriter writer(&device);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setTitle(isSetupSheet(sheets.front().kind) ? u"Setup sheet"_s : u"Recovery sheet"_s);
        writer.setCreator(u"Sparekey"_s);
        writer.setResolution(qRound(25.4 * unitsPerMm));
        writer.setPageLayout(layoutOf(sheets.front()));
        QPainter painter(&writer);
        bool first = true;
        for (const Sheet &sheet : sheets) {
            const Result<int> pages = pagesOf(sheet);
            if (!pages)
                return fail(pages.error());
            for (int i = 0; i < static_cast<int>(sheet.copyLines.size()) * *pages; ++i) {
                if (!std::exchange(first, false)) {
                    writer.setPageLayout(layoutOf(sheet));
                    writer.newPage();
                }
                const auto painted = paintSheet(painter, sheet, i / *pages, i % *pages, unitsPerMm);
                if (!painted)
                    return fail(painted.error());
            }
        }
    }
    return mapSpaces(device.take());
}

} // namespace Sparekey
