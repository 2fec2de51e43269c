// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetpainter.h"

#include "core/qr/qrmatrix.h"
#include "ui/render/sheetfonts.h"

#include <QFontMetricsF>
#include <QIODevice>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qreal contentWidth = 180;
constexpr qreal contentHeight = 248;

constexpr qreal hairline = 0.2;
constexpr qreal rule = 0.3;
constexpr qreal heavyRule = 0.9;

constexpr qreal smallest = 9; // points; nothing on the sheet is smaller
constexpr qreal body = 10;

constexpr qreal leastQrSide = 25;
constexpr qreal leastModule = 0.5;
constexpr qreal qrColumn = 35;
constexpr qreal qrAlone = 46; // room for one code that an app reads
constexpr qreal qrGap = 7;
constexpr qreal stepsBottom = 184;
constexpr qreal formTop = 200.5;
constexpr qreal formBoxes = 233.1;
constexpr qreal formBottom = 240.4;

// Draws in millimetres from the upper left corner of the content.
class Pen
{
public:
    Pen(QPainter &painter, const SheetFonts &fonts)
        : m_painter(painter)
        , m_fonts(fonts)
    {
    }

    [[nodiscard]] const SheetFonts &fonts() const { return m_fonts; }

    void line(qreal x1, qreal y1, qreal x2, qreal y2, qreal width,
              Qt::PenStyle style = Qt::SolidLine)
    {
        QPen pen(Qt::black, units(width), style, Qt::FlatCap);
        if (style == Qt::CustomDashLine)
            pen.setDashPattern({8, 6});
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(units(x1), units(y1)), QPointF(units(x2), units(y2)));
    }

    void box(const QRectF &mm, qreal width, qreal radius = 0)
    {
        m_painter.setPen(QPen(Qt::black, units(width), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(units(mm), units(radius), units(radius));
    }

    void fill(const QRectF &mm) { m_painter.fillRect(units(mm), Qt::black); }

    /// One line with its baseline at `y`; gives back its width.
    qreal text(qreal x, qreal y, const QString &text, const QFont &font,
               Qt::Alignment alignment = Qt::AlignLeft)
    {
        const qreal width = widthOf(text, font);
        const qreal left = alignment == Qt::AlignRight ? x - width
            : alignment == Qt::AlignHCenter            ? x - width / 2
                                                       : x;
        m_painter.setFont(font);
        m_painter.setPen(Qt::black);
        m_painter.drawText(QPointF(units(left), units(y)), text);
        return width;
    }

    /// Broken over lines at words. `y` is the top; gives back the height.
    qreal paragraph(qreal x, qreal y, qreal width, const QString &text, const QFont &font)
    {
        return wrapped(x, y, width, text, font, QTextOption::WrapAtWordBoundaryOrAnywhere, true);
    }

    /// Broken where a line is full: a line of an address that ends with a hyphen would leave
    /// open whether the hyphen belongs to it. What does not fit `lines` is left out in the middle,
    /// so that no absurd address can push the code off its place.
    qreal address(qreal x, qreal y, qreal width, const QString &text, const QFont &font, int lines)
    {
        const QString fitting = QFontMetricsF(font).elidedText(text, Qt::ElideMiddle,
                                                               units(width) * (lines - 0.1));
        return wrapped(x, y, width, fitting, font, QTextOption::WrapAnywhere, true);
    }

    qreal heightOf(qreal width, const QString &text, const QFont &font)
    {
        return wrapped(0, 0, width, text, font, QTextOption::WrapAtWordBoundaryOrAnywhere, false);
    }

    /// Letters apart, for the small headings.
    void heading(qreal x, qreal y, const QString &text)
    {
        QFont font = m_fonts.text(smallest, QFont::Bold);
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::PercentageSpacing, 108);
        m_painter.setFont(font);
        m_painter.setPen(Qt::black);
        m_painter.drawText(QPointF(units(x), units(y)), text);
    }

    [[nodiscard]] qreal widthOf(const QString &text, const QFont &font) const
    {
        return QFontMetricsF(font).horizontalAdvance(text) / unitsPerMm;
    }

    /// Characters of the code, one by one with `pitch` mm from one to the next: no typeface can
    /// join two of them, and what they pass through is wiped. Gives back the width.
    qreal code(qreal x, qreal y, QByteArrayView utf8, const QFont &font, qreal pitch)
    {
        m_painter.setFont(font);
        m_painter.setPen(Qt::black);
        QString text = QString::fromUtf8(utf8);
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
        qsizetype begin = 0;
        qreal at = x;
        for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
            QString character = text.sliced(begin, end - begin);
            m_painter.drawText(QPointF(units(at), units(y)), character);
            wipe(character);
            begin = end;
            at += pitch;
        }
        finder = QTextBoundaryFinder();
        wipe(text);
        return at - x;
    }

    /// The matrix with its quiet zone in a square of `side` mm.
    void qr(qreal x, qreal y, qreal side, const QrMatrix &matrix)
    {
        const qreal module = side / (matrix.size() + 2 * QrMatrix::quietZone);
        const auto edge = [&](int index) {
            return (index + QrMatrix::quietZone) * module;
        };
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(Qt::black);
        for (int row = 0; row < matrix.size(); ++row) {
            // A run of dark modules is one rectangle, so that no viewer shows seams in it.
            for (int column = 0; column < matrix.size(); ++column) {
                const int begin = column;
                while (column < matrix.size() && matrix.isDark(row, column))
                    ++column;
                if (column == begin)
                    continue;
                m_painter.drawRect(units(
                    QRectF(x + edge(begin), y + edge(row), (column - begin) * module, module)));
            }
        }
        m_painter.setBrush(Qt::NoBrush);
    }

private:
    qreal wrapped(qreal x, qreal y, qreal width, const QString &text, const QFont &font,
                  QTextOption::WrapMode mode, bool draw)
    {
        QTextLayout layout(text, font);
        QTextOption option;
        option.setWrapMode(mode);
        option.setUseDesignMetrics(true);
        layout.setTextOption(option);
        const qreal pitch = font.pixelSize() * 1.36;
        const QFontMetricsF metrics(font);
        qreal height = 0;
        layout.beginLayout();
        for (QTextLine next = layout.createLine(); next.isValid(); next = layout.createLine()) {
            next.setLineWidth(units(width));
            next.setPosition(QPointF(0, height + (pitch - metrics.height()) / 2));
            height += pitch;
        }
        layout.endLayout();
        if (draw) {
            m_painter.setPen(Qt::black);
            layout.draw(&m_painter, QPointF(units(x), units(y)));
        }
        return height / unitsPerMm;
    }

    static qreal units(qreal mm) { return mm * unitsPerMm; }
    static QRectF units(const QRectF &mm)
    {
        return {units(mm.x()), units(mm.y()), units(mm.width()), units(mm.height())};
    }

    QPainter &m_painter;
    const SheetFonts &m_fonts;
};

qreal qrSide(const QrMatrix &matrix, qreal wanted)
{
    const int modules = matrix.size() + 2 * QrMatrix::quietZone;
    return std::max({leastQrSide, wanted, modules * leastModule});
}

// The recovery page stands in the steps as well, so an address too long for the room is left out.
std::optional<QrMatrix> pageQr(const Sheet &sheet)
{
    if (sheet.pageQrContent.isEmpty())
        return std::nullopt;
    for (const QrErrorLevel level : {QrErrorLevel::Quartile, QrErrorLevel::Low}) {
        Result<QrMatrix> matrix = QrMatrix::encode(sheet.pageQrContent.toUtf8(), level);
        if (matrix && qrSide(*matrix, 0) <= qrColumn)
            return std::move(*matrix);
    }
    return std::nullopt;
}

// The strongest that has room.
Result<QrMatrix> secretQr(const Sheet &sheet)
{
    for (const QrErrorLevel level : {QrErrorLevel::Quartile, QrErrorLevel::Medium}) {
        Result<QrMatrix> matrix = QrMatrix::encode(sheet.qrContent.view(), level);
        if (matrix && qrSide(*matrix, 0) <= qrAlone)
            return matrix;
    }
    return QrMatrix::encode(sheet.qrContent.view(), QrErrorLevel::Low);
}

qreal paintHead(Pen &pen, const Sheet &sheet, int copy)
{
    const SheetFonts &fonts = pen.fonts();
    pen.text(-0.4, 8.4, sheet.title, fonts.text(26, QFont::Bold));
    constexpr qreal nameWidth = 120;
    QFont nameFont = fonts.text(12, QFont::Medium);
    QString name = sheet.serviceName;
    if (pen.widthOf(name, nameFont) > nameWidth) {
        // Two small lines; what is longer was typed as a name and may be cut.
        nameFont = fonts.text(smallest, QFont::Medium);
        name = QFontMetricsF(nameFont).elidedText(name, Qt::ElideRight,
                                                  1.85 * nameWidth * unitsPerMm);
    }
    pen.paragraph(0, 11.8, nameWidth, name, nameFont);

    pen.text(contentWidth, 4.4, sheet.sheetIdLine, fonts.text(11, QFont::DemiBold), Qt::AlignRight);
    const QFont small = fonts.text(smallest);
    pen.text(contentWidth, 9.4, sheet.obtainedLine, small, Qt::AlignRight);
    pen.text(contentWidth, 13.8, sheet.madeLine, small, Qt::AlignRight);
    pen.text(contentWidth, 18.2, sheet.copyLines.value(copy), small, Qt::AlignRight);
    pen.line(0, 22, contentWidth, 22, heavyRule);
    return 26.5;
}

qreal paintFacts(Pen &pen, const Sheet &sheet, qreal y)
{
    const SheetFonts &fonts = pen.fonts();
    const QFont labelFont = fonts.text(smallest);
    qreal labelWidth = 20;
    for (const SheetFact &fact : sheet.facts)
        labelWidth = std::max(labelWidth, pen.widthOf(fact.label, labelFont) + 5);
    for (const SheetFact &fact : sheet.facts) {
        const qreal width = contentWidth - labelWidth;
        QFont font = fonts.text(11, QFont::Medium);
        if (pen.widthOf(fact.value, font) > width)
            font = fonts.text(smallest, QFont::Medium);
        pen.text(0, y + 3.9, fact.label, labelFont);
        qreal height = 5.3;
        if (fact.value.isEmpty())
            pen.line(labelWidth, y + 4.6, 130, y + 4.6, rule);
        else
            height = std::max(height, pen.address(labelWidth, y, width, fact.value, font, 2));
        y += height + 1.3;
    }
    return y;
}

void paintGroupedLine(Pen &pen, const Sheet &sheet, const SheetLine &line, qreal y)
{
    constexpr qreal inset = 9;
    constexpr qreal column = 35;
    const QFont labelFont = pen.fonts().text(smallest);
    const QFont codeFont = pen.fonts().code(27, QFont::DemiBold);
    qreal x = inset;
    for (const SheetGroup &group : line.groups) {
        pen.text(x, y, group.label, labelFont);
        pen.code(x, y + 10.4, sheet.secret.view().sliced(group.offset, group.size), codeFont, 6.4);
        x += column;
    }
    // Set apart and light, so that nobody takes it for a ninth group.
    pen.text(x + 5, y, sheet.checkLabel + u' ' + line.label, labelFont);
    pen.text(x + 5, y + 10.4, line.check, pen.fonts().code(14, QFont::Light));
}

void paintWholeLine(Pen &pen, const Sheet &sheet, const SheetLine &line, qreal y)
{
    constexpr qreal inset = 9;
    const QFont labelFont = pen.fonts().text(smallest);
    pen.text(inset, y, line.label, labelFont);
    for (const SheetGroup &group : line.groups) {
        pen.code(inset + 7, y, sheet.secret.view().sliced(group.offset, group.size),
                 pen.fonts().code(16, QFont::DemiBold), 3.9);
    }
    if (line.check.isEmpty())
        return;
    pen.text(151, y, sheet.checkLabel, labelFont);
    pen.text(164, y, line.check, pen.fonts().code(12, QFont::Light));
}

void paintSecret(Pen &pen, const Sheet &sheet, qreal top, qreal bottom)
{
    const SheetFonts &fonts = pen.fonts();
    const QFont small = fonts.text(smallest);
    constexpr qreal inset = 9;
    constexpr qreal width = contentWidth - 2 * inset;
    pen.box(QRectF(0, top, contentWidth, bottom - top), 0.5, 2.5);
    pen.heading(inset, top + 8, sheet.secretHeading);

    // Beside the heading, read from right to left, so that it ends with the frame.
    qreal right = contentWidth - inset;
    const QFont glyphFont = fonts.code(12, QFont::DemiBold);
    for (auto glyph = sheet.glyphs.crbegin(); glyph != sheet.glyphs.crend(); ++glyph) {
        right -= pen.text(right, top + 8, glyph->value, small, Qt::AlignRight) + 1.5;
        right -= pen.text(right, top + 8, glyph->label, glyphFont, Qt::AlignRight) + 5.5;
    }

    // What explains the code hangs from the lower edge, the code stands in the middle above it.
    const QString legend =
        QStringList{sheet.formNote, sheet.breakLegend, sheet.checkLegend}.join(u' ').simplified();
    const qreal legendTop = bottom - 4 - pen.heightOf(width, legend, small);
    pen.paragraph(inset, legendTop, width, legend, small);
    const qreal ruleY = legendTop - 2.2;
    pen.line(inset, ruleY, contentWidth - inset, ruleY, hairline);

    const qreal pitch = sheet.grouped ? 19 : 9;
    const qreal firstHeight = sheet.grouped ? 2.5 : 4.2;
    const qreal lastDepth = sheet.grouped ? 10.6 : 0;
    const qreal block = firstHeight + pitch * static_cast<qreal>(sheet.lines.size() - 1)
        + lastDepth;
    const qreal headingBottom = top + 9.5;
    qreal y = headingBottom + (ruleY - headingBottom - block) / 2 + firstHeight;
    for (const SheetLine &line : sheet.lines) {
        if (sheet.grouped)
            paintGroupedLine(pen, sheet, line, y);
        else
            paintWholeLine(pen, sheet, line, y);
        y += pitch;
    }
}

void paintFold(Pen &pen, const Sheet &sheet)
{
    constexpr qreal y = contentHeight / 2;
    const QFont font = pen.fonts().text(smallest);
    const qreal half = pen.widthOf(sheet.foldLabel, font) / 2 + 3;
    pen.line(0, y, contentWidth / 2 - half, y, hairline, Qt::CustomDashLine);
    pen.line(contentWidth, y, contentWidth / 2 + half, y, hairline, Qt::CustomDashLine);
    pen.text(contentWidth / 2, y + 1.1, sheet.foldLabel, font, Qt::AlignHCenter);
}

// A QR code without its quiet zone, which is white paper: what the eye sees.
struct QrPlace
{
    qreal side;  // with the quiet zone
    qreal quiet; // width of the zone

    QrPlace(const QrMatrix &matrix, qreal wanted)
        : side(qrSide(matrix, wanted))
        , quiet(side * QrMatrix::quietZone / (matrix.size() + 2 * QrMatrix::quietZone))
    {
    }
    [[nodiscard]] qreal dark() const { return side - 2 * quiet; }
};

void paintQrCaption(Pen &pen, qreal x, qreal y, qreal width, const QString &caption,
                    const QString &detail)
{
    const qreal height = pen.paragraph(x, y, width, caption,
                                       pen.fonts().text(smallest, QFont::DemiBold));
    pen.paragraph(x, y + height, width, detail, pen.fonts().text(smallest));
}

// At the right edge, hanging from `y`. Gives back where they begin.
Result<qreal> paintQrCodes(Pen &pen, const Sheet &sheet, qreal y)
{
    if (sheet.qrContent.isEmpty())
        return contentWidth;
    const Result<QrMatrix> code = secretQr(sheet);
    if (!code)
        return fail(code.error());
    const std::optional<QrMatrix> page = pageQr(sheet);
    const QrPlace codePlace(*code, sheet.pageQrContent.isEmpty() ? qrAlone : qrColumn);
    qreal x = contentWidth - codePlace.dark();
    qreal captionY = y + codePlace.dark() + 1.2;
    if (page) {
        const QrPlace place(*page, qrColumn);
        const qreal pageX = contentWidth - place.dark();
        captionY = std::max(captionY, y + place.dark() + 1.2);
        pen.qr(pageX - place.quiet, y - place.quiet, place.side, *page);
        paintQrCaption(pen, pageX, captionY, place.dark(), sheet.pageQrCaption, {});
        x = pageX - qrGap - codePlace.dark();
    }
    pen.qr(x - codePlace.quiet, y - codePlace.quiet, codePlace.side, *code);
    paintQrCaption(pen, x, captionY, codePlace.dark() + (page ? qrGap - 2 : 0), sheet.qrCaption,
                   sheet.qrDetail);
    return x;
}

qreal paintStepsInSize(Pen &pen, const Sheet &sheet, qreal y, qreal width, qreal points)
{
    const SheetFonts &fonts = pen.fonts();
    constexpr qreal indent = 7;
    int number = 1;
    for (const SheetStep &step : sheet.steps) {
        pen.text(0, y + points * 0.365, QString::number(number++), fonts.text(points, QFont::Bold));
        y += pen.paragraph(indent, y, width - indent, step.text, fonts.text(points));
        if (!step.address.isEmpty())
            y += pen.address(indent, y, width - indent, step.address,
                             fonts.text(points, QFont::Medium), 3);
        y += 1.3;
    }
    return y;
}

qreal paintSteps(Pen &pen, const Sheet &sheet, qreal y, qreal width)
{
    pen.heading(0, y + 2.3, sheet.stepsHeading);
    y += 5.6;
    // Smaller only where an address takes several lines.
    qreal height = 0;
    for (const SheetStep &step : sheet.steps) {
        height += 1.3 + pen.heightOf(width - 7, step.text, pen.fonts().text(body));
        if (!step.address.isEmpty())
            height += pen.heightOf(width - 7, step.address, pen.fonts().text(body, QFont::Medium));
    }
    return paintStepsInSize(pen, sheet, y, width, y + height > stepsBottom ? smallest : body);
}

void paintVoidRule(Pen &pen, const Sheet &sheet, qreal y)
{
    const SheetFonts &fonts = pen.fonts();
    constexpr qreal indent = 5;
    qreal height = pen.paragraph(indent, y, contentWidth - indent, sheet.rule,
                                 fonts.text(11.5, QFont::Bold));
    height += 0.5;
    height += pen.paragraph(indent, y + height, contentWidth - indent, sheet.note,
                            fonts.text(smallest));
    pen.fill(QRectF(0, y + 0.6, 1.4, height - 1.2));
}

// "____-__-__", as wide as a hand needs it.
qreal paintDate(Pen &pen, qreal x, qreal y)
{
    constexpr qreal gap = 2.4;
    const qreal begin = x;
    for (const qreal width : {8.4, 5.2, 5.2}) {
        if (x > begin) {
            pen.line(x + 0.7, y - 1.2, x + gap - 0.7, y - 1.2, rule);
            x += gap;
        }
        pen.line(x, y, x + width, y, rule);
        x += width;
    }
    return x - begin;
}

// The boxes to tick at the end of the form.
class BoxRows
{
public:
    // In one row, or in rows if a language has long words.
    BoxRows(const Pen &pen, const QList<SheetBox> &boxes)
        : m_font(pen.fonts().text(smallest))
    {
        constexpr qreal leastSpare = 2;
        for (const SheetBox &box : boxes) {
            const qreal width = side + gap + pen.widthOf(box.label, m_font) + gap + date
                + (date + 2 * gap) * (box.dates - 1);
            if (m_rows.isEmpty() || m_rows.last().width + leastSpare + width > contentWidth)
                m_rows.append(Row());
            Row &row = m_rows.last();
            row.width += width + (row.boxes.isEmpty() ? 0 : leastSpare);
            row.boxes.append({box, width});
        }
        for (Row &row : m_rows) {
            const auto gaps = static_cast<qreal>(row.boxes.size() - 1);
            row.spare = gaps > 0 ? leastSpare + (contentWidth - row.width) / gaps : 0;
        }
    }

    [[nodiscard]] qreal height() const
    {
        return side + pitch * static_cast<qreal>(std::max<qsizetype>(0, m_rows.size() - 1));
    }

    void paint(Pen &pen, qreal y) const
    {
        for (const Row &row : m_rows) {
            qreal x = 0;
            for (const auto &[box, width] : row.boxes) {
                pen.box(QRectF(x, y, side, side), rule);
                qreal at = x + side + gap;
                at += pen.text(at, y + 3.2, box.label, m_font) + gap;
                for (int i = 0; i < box.dates; ++i)
                    at += paintDate(pen, at, y + 3.8) + 2 * gap;
                x += width + row.spare;
            }
            y += pitch;
        }
    }

private:
    struct Row
    {
        QList<std::pair<SheetBox, qreal>> boxes; // each with its width
        qreal width = 0;                         // with the least room between them
        qreal spare = 0;
    };

    static constexpr qreal side = 4;
    static constexpr qreal gap = 2;
    static constexpr qreal date = 23.6;
    static constexpr qreal pitch = 5.8;

    QFont m_font;
    QList<Row> m_rows;
};

void paintForm(Pen &pen, const Sheet &sheet, qreal y)
{
    constexpr qreal gap = 8;
    constexpr qreal column = (contentWidth - gap) / 2;
    const QFont font = pen.fonts().text(smallest);
    pen.heading(0, y + 2.3, sheet.handHeading);
    y += 5.6;
    // Rows of boxes below the first take their room from the lines above them.
    const BoxRows boxes(pen, sheet.boxes);
    const qreal boxesTop = std::min(formBoxes, formBottom - boxes.height());
    const qsizetype rows = std::max<qsizetype>(1, (sheet.handFields.size() + 1) / 2);
    const qreal pitch = (boxesTop - 3.4 - y) / static_cast<qreal>(rows);
    int index = 0;
    for (const SheetFact &field : sheet.handFields) {
        const qreal x = index % 2 == 0 ? 0 : column + gap;
        pen.text(x, y + 3.2, field.label, font);
        pen.line(x, y + pitch - 1.4, x + column, y + pitch - 1.4, rule);
        if (index++ % 2 == 1)
            y += pitch;
    }
    boxes.paint(pen, boxesTop);
}

void paintFoot(Pen &pen, const Sheet &sheet)
{
    const QFont font = pen.fonts().text(smallest);
    pen.line(0, contentHeight - 5.6, contentWidth, contentHeight - 5.6, hairline);
    pen.text(0, contentHeight - 1, sheet.footer, font);
    pen.text(contentWidth, contentHeight - 1, sheet.sheetId, font, Qt::AlignRight);
}

// A PDF writer's device that keeps what it gets in locked memory.
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

} // namespace

QSizeF paperSizeMm(PaperSize paper)
{
    switch (paper) {
    case PaperSize::A4: return {210, 297};
    case PaperSize::Letter: return {215.9, 279.4};
    }
    Q_UNREACHABLE();
}

Result<void> paintSheet(QPainter &painter, const Sheet &sheet, int copy, qreal dotsPerMm)
{
    const QSizeF paper = paperSizeMm(sheet.options.paper);
    const SheetFonts fonts;
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.scale(dotsPerMm / unitsPerMm, dotsPerMm / unitsPerMm);
    painter.translate((paper.width() - contentWidth) / 2 * unitsPerMm,
                      (paper.height() - contentHeight) / 2 * unitsPerMm);
    Pen pen(painter, fonts);

    // Upper half: whose code, and the code. Folded once, it lies inside.
    qreal y = paintHead(pen, sheet, copy);
    y = paintFacts(pen, sheet, y);
    paintSecret(pen, sheet, y + 2.2, contentHeight / 2 - 5.5);
    paintFold(pen, sheet);

    // Lower half: what to do.
    const qreal top = contentHeight / 2 + 7;
    const Result<qreal> column = paintQrCodes(pen, sheet, top);
    if (column) {
        const bool qrCodes = *column < contentWidth;
        y = paintSteps(pen, sheet, top, qrCodes ? *column - 9 : 150);
        // As low as the form allows, so that the halves of the sheet look alike full.
        paintVoidRule(pen, sheet, std::max(y + 1.5, stepsBottom));
        paintForm(pen, sheet, formTop);
        paintFoot(pen, sheet);
    }
    painter.restore();
    if (!column)
        return fail(column.error());
    return {};
}

Result<SecureBuffer> renderPdf(const Sheet &sheet)
{
    SecureDevice device;
    {
        QPdfWriter writer(&device);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setTitle(sheet.kind == SheetKind::RecoveryCode ? u"Recovery sheet"_s
                                                              : u"Set-up sheet"_s);
        writer.setCreator(u"Sparekey"_s);
        writer.setResolution(qRound(25.4 * unitsPerMm));
        const QPageSize size(sheet.options.paper == PaperSize::A4 ? QPageSize::A4
                                                                  : QPageSize::Letter);
        writer.setPageLayout(QPageLayout(size, QPageLayout::Portrait, QMarginsF()));
        QPainter painter(&writer);
        for (int copy = 0; copy < sheet.copyLines.size(); ++copy) {
            if (copy > 0)
                writer.newPage();
            if (const Result<void> painted = paintSheet(painter, sheet, copy, unitsPerMm); !painted)
                return fail(painted.error());
        }
    }
    return device.take();
}

Result<QImage> renderImage(const Sheet &sheet, qreal dotsPerInch)
{
    const qreal dotsPerMm = dotsPerInch / 25.4;
    const QSizeF size = paperSizeMm(sheet.options.paper) * dotsPerMm;
    QImage image(qRound(size.width()), qRound(size.height()), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    if (const Result<void> painted = paintSheet(painter, sheet, 0, dotsPerMm); !painted)
        return fail(painted.error());
    return image;
}

} // namespace Sparekey
