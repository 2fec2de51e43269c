// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/servicesheet.h"

#include "tests/support/servicecodes.h"
#include "tests/ui/render/sheetprobe.h"

#include <ZXing/ReadBarcode.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Sparekey;
using namespace Sparekey::SheetProbe;
using namespace Qt::StringLiterals;

namespace {

enum class Kind {
    TenCodes,
    SixteenCodes,
    FiftyCodes,
    TwoHundredCodes,
    OneCode,
    TenLongCodes,
    OddCodes,
    Microsoft,
    Apple,
    LongestCode,
    OnePassword,
    LongestKey,
    LongNames,
    LongNamesSingle,
};

// Shaped like those of GitHub.
std::vector<SheetCode> sixteenCodes()
{
    std::vector<SheetCode> codes;
    for (int i = 0; i < 16; ++i) {
        const QByteArray left = QByteArray::number(0xa10f3 + i * 7919, 16).right(5);
        const QByteArray right = QByteArray::number(0xbe121 + i * 6007, 16).right(5);
        const QByteArray text = left + '-' + right;
        codes.push_back(ServiceCodes::code(text, text));
    }
    return codes;
}

// Shaped like those of GitLab.
std::vector<SheetCode> tenLongCodes()
{
    std::vector<SheetCode> codes;
    for (quint64 i = 0; i < 10; ++i) {
        const QByteArray text = QByteArray::number(0xa10f3be121d4c96b + i * 790'019'791, 16);
        codes.push_back(ServiceCodes::code(text, text));
    }
    return codes;
}

std::vector<SheetCode> oddCodes()
{
    std::vector<SheetCode> codes;
    for (const QByteArray &text :
         {QByteArray("anchor-basket-copper-dragon-ember-falcon-garden-harbor"),
          QByteArray("p\u00e4ss w\u00f6rd \u20ac!?"), QByteArray("\u05d0\u05d1\u05d2 12"),
          QByteArray("ab\u202Ecd"), QByteArray("\u5f20\u4f1f123"), QByteArray(319, 'W')})
        codes.push_back(ServiceCodes::code(text, text));
    return codes;
}

ServiceSheetSubject longNames()
{
    ServiceSheetSubject subject = ServiceCodes::google();
    subject.service = QString(300, u'W');
    subject.account = QString(300, u'm');
    return subject;
}

Result<Sheet> make(Kind kind, const SheetOptions &options)
{
    switch (kind) {
    case Kind::TenCodes:
        return makeListSheet(ServiceCodes::numbers(10), ServiceCodes::google(), options);
    case Kind::SixteenCodes: return makeListSheet(sixteenCodes(), ServiceCodes::google(), options);
    case Kind::FiftyCodes:
        return makeListSheet(ServiceCodes::numbers(50), ServiceCodes::google(), options);
    case Kind::TwoHundredCodes:
        return makeListSheet(ServiceCodes::numbers(200), ServiceCodes::google(), options);
    case Kind::OneCode:
        return makeListSheet(ServiceCodes::numbers(1), ServiceCodes::google(), options);
    case Kind::TenLongCodes: return makeListSheet(tenLongCodes(), ServiceCodes::google(), options);
    case Kind::OddCodes: return makeListSheet(oddCodes(), ServiceCodes::google(), options);
    case Kind::Microsoft:
        return makeSingleCodeSheet(ServiceCodes::microsoftCode(), ServiceCodes::microsoft(),
                                   options);
    case Kind::Apple:
        return makeSingleCodeSheet(ServiceCodes::appleKey(), ServiceCodes::apple(), options);
    case Kind::LongestCode: {
        const QByteArray code = QByteArray("aB3$xYz8").repeated(64);
        return makeSingleCodeSheet(ServiceCodes::code(code, code), ServiceCodes::microsoft(),
                                   options);
    }
    case Kind::OnePassword:
        return makeServiceSetupSheet(SecureBuffer::copyOf(ServiceCodes::setupUri()),
                                     ServiceCodes::onePassword(), options);
    case Kind::LongestKey: {
        const QByteArray uri = "otpauth://totp/Some%20service:" + QByteArray(250, 'e')
            + "?secret=" + QByteArray("JBSWY3DPEHPK3PXP").repeated(8) + "&issuer=Some%20service";
        return makeServiceSetupSheet(SecureBuffer::copyOf(uri), ServiceCodes::onePassword(),
                                     options);
    }
    case Kind::LongNames: return makeListSheet(ServiceCodes::numbers(10), longNames(), options);
    case Kind::LongNamesSingle:
        return makeSingleCodeSheet(ServiceCodes::microsoftCode(), longNames(), options);
    }
    Q_UNREACHABLE();
}

Sheet sheetOf(Kind kind, const SheetOptions &options = {})
{
    auto sheet = make(kind, options);
    return sheet ? std::move(*sheet) : Sheet{};
}

void addKinds()
{
    QTest::addColumn<Kind>("kind");
    QTest::newRow("ten codes") << Kind::TenCodes;
    QTest::newRow("sixteen codes") << Kind::SixteenCodes;
    QTest::newRow("fifty codes") << Kind::FiftyCodes;
    QTest::newRow("two hundred codes") << Kind::TwoHundredCodes;
    QTest::newRow("one code") << Kind::OneCode;
    QTest::newRow("ten long codes") << Kind::TenLongCodes;
    QTest::newRow("odd codes") << Kind::OddCodes;
    QTest::newRow("Microsoft") << Kind::Microsoft;
    QTest::newRow("Apple") << Kind::Apple;
    QTest::newRow("longest code") << Kind::LongestCode;
    QTest::newRow("1Password") << Kind::OnePassword;
    QTest::newRow("longest key") << Kind::LongestKey;
    QTest::newRow("long names") << Kind::LongNames;
    QTest::newRow("long names, single code") << Kind::LongNamesSingle;
}

// Black and white only, with the errors spread to the neighbors (Floyd and Steinberg), as simple
// printers and fax machines do.
QImage dithered(const QImage &image)
{
    return image.convertToFormat(QImage::Format_Mono, Qt::DiffuseDither | Qt::MonoOnly)
        .convertToFormat(QImage::Format_Grayscale8);
}

QImage rotated(const QImage &image, qreal degrees)
{
    const QImage turned = image.transformed(QTransform().rotate(degrees), Qt::SmoothTransformation);
    QImage page(turned.size(), QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter painter(&page);
    painter.drawImage(0, 0, turned);
    return page;
}

QByteArrayList zxingCodes(const QImage &image)
{
    const QImage gray = image.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(gray.constBits(), gray.width(), gray.height(),
                                ZXing::ImageFormat::Lum, static_cast<int>(gray.bytesPerLine()));
    QByteArrayList found;
    for (const auto &result : ZXing::ReadBarcodes(view)) {
        if (result.format() == ZXing::BarcodeFormat::QRCode)
            found.append(QByteArray::fromStdString(result.text()));
    }
    return found;
}

} // namespace

Q_DECLARE_METATYPE(Kind)

class TestServicePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void hasAsManyPagesAsNeeded_data();
    void hasAsManyPagesAsNeeded();
    void printsQrCodesThatScannersRead_data();
    void printsQrCodesThatScannersRead();
    void staysInsideTheCommonArea_data();
    void staysInsideTheCommonArea();
    void letsNoWordsOverlap_data();
    void letsNoWordsOverlap();
    void usesNoSmallLetters_data();
    void usesNoSmallLetters();
    void printsEachCodeWithItsNumber_data();
    void printsEachCodeWithItsNumber();
    void breaksNoGroup();
    void namesPageAndSheetOnEachPage();
    void cutsNoLongName();
    void strikesOnlyUsedCodes();
    void makesValidPdfs_data();
    void makesValidPdfs();
    void tellsNothingInTheMetadata();

private:
    // All pages of the written sheet at 200 dpi.
    QList<QImage> scanned()
    {
        QList<QImage> pages;
        const QString prefix = m_folder.filePath(u"page"_s);
        run(u"pdftoppm"_s, {u"-r"_s, u"200"_s, u"-gray"_s, m_path, prefix});
        const QStringList names = QDir(m_folder.path()).entryList({u"page*.pgm"_s});
        for (const QString &name : names) {
            pages.append(QImage(m_folder.filePath(name)));
            QFile::remove(m_folder.filePath(name));
        }
        return pages;
    }
    QByteArrayList zbarCodes(const QImage &image)
    {
        const QString path = m_folder.filePath(u"scan.png"_s);
        if (!image.save(path))
            return {"not saved"};
        // The codes of a list are lines, too.
        const QString xml = QString::fromUtf8(run(u"zbarimg"_s, {u"--quiet"_s, u"--xml"_s, path}));
        static const QRegularExpression data(u"<data([^>]*)><!\\[CDATA\\[(.*?)\\]\\]></data>"_s,
                                             QRegularExpression::DotMatchesEverythingOption);
        QByteArrayList found;
        for (auto match = data.globalMatch(xml); match.hasNext();) {
            const auto symbol = match.next();
            const QByteArray content = symbol.captured(2).toUtf8();
            const bool isEncoded = symbol.captured(1).contains("base64"_L1);
            found.append(isEncoded ? QByteArray::fromBase64(content) : content);
        }
        return found;
    }

    QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath(u"sheet.pdf"_s);
};

void TestServicePages::init()
{
    QVERIFY(m_folder.isValid());
}

void TestServicePages::hasAsManyPagesAsNeeded_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("pages");
    QTest::newRow("ten codes") << Kind::TenCodes << 1;
    QTest::newRow("sixteen codes") << Kind::SixteenCodes << 1;
    QTest::newRow("ten long codes") << Kind::TenLongCodes << 1;
    QTest::newRow("fifty codes") << Kind::FiftyCodes << 2;
    QTest::newRow("two hundred codes") << Kind::TwoHundredCodes << 6;
    QTest::newRow("Microsoft") << Kind::Microsoft << 1;
    QTest::newRow("Apple") << Kind::Apple << 1;
    QTest::newRow("1Password") << Kind::OnePassword << 1;
}

void TestServicePages::hasAsManyPagesAsNeeded()
{
    QFETCH(Kind, kind);
    QFETCH(int, pages);
    const Sheet sheet = sheetOf(kind, SheetOptions{.copies = 2});
    QCOMPARE(pagesOf(sheet).value_or(0), pages);
    QVERIFY(writePdf(sheet, m_path));
    const QByteArray info = run(u"pdfinfo"_s, {m_path});
    const QByteArray line = "Pages:           " + QByteArray::number(2 * pages);
    QVERIFY2(info.contains(line), info.constData());
}

void TestServicePages::printsQrCodesThatScannersRead_data()
{
    addKinds();
}

void TestServicePages::printsQrCodesThatScannersRead()
{
    QFETCH(Kind, kind);
    const Sheet sheet = sheetOf(kind);
    QByteArrayList expected;
    if (!sheet.qrContent.isEmpty())
        expected.append(sheet.qrContent.view().toByteArray());
    if (!sheet.pageQrContent.isEmpty())
        expected.append(sheet.pageQrContent.toUtf8());
    QCOMPARE(expected.isEmpty(), kind == Kind::TwoHundredCodes);
    std::sort(expected.begin(), expected.end());
    QVERIFY(writePdf(sheet, m_path));
    QByteArrayList zxing;
    QByteArrayList zbar;
    const QList<QImage> pages = scanned();
    QCOMPARE(pages.size(), pagesOf(sheet).value_or(0));
    for (const QImage &page : pages) {
        for (const qreal degrees : {-3.0, 0.0, 3.0}) {
            if (expected.isEmpty() && degrees != 0)
                continue;
            const QImage scan = dithered(rotated(page, degrees));
            zxing += zxingCodes(scan);
            zbar += zbarCodes(scan);
        }
    }
    std::sort(zxing.begin(), zxing.end());
    std::sort(zbar.begin(), zbar.end());
    QByteArrayList thrice;
    for (const QByteArray &content : std::as_const(expected))
        thrice += {content, content, content};
    QCOMPARE(zxing, thrice);
    // zbar guesses the encoding of letters beyond ASCII.
    const bool isAscii = std::all_of(expected.begin(), expected.end(), [](const QByteArray &text) {
        return QString::fromUtf8(text).toLatin1() == text;
    });
    if (isAscii)
        QCOMPARE(zbar, thrice);
    else
        QCOMPARE(zbar.size(), thrice.size());
}

void TestServicePages::staysInsideTheCommonArea_data()
{
    addKinds();
}

void TestServicePages::staysInsideTheCommonArea()
{
    QFETCH(Kind, kind);
    for (const PaperSize paper : {PaperSize::A4, PaperSize::Letter}) {
        const Sheet sheet = sheetOf(kind, SheetOptions{.paper = paper});
        const int pages = pagesOf(sheet).value_or(0);
        QVERIFY(pages > 0);
        for (int page = 0; page < pages; ++page) {
            const auto image = renderImage(sheet, 100, page);
            QVERIFY(image.has_value());
            const QRectF ink = inkOf(*image, 100);
            QVERIFY2(commonArea(paper).contains(ink),
                     qPrintable(u"page %1: %2 %3 %4 %5"_s.arg(page)
                                    .arg(ink.left())
                                    .arg(ink.top())
                                    .arg(ink.right())
                                    .arg(ink.bottom())));
        }
    }
}

void TestServicePages::letsNoWordsOverlap_data()
{
    addKinds();
}

void TestServicePages::letsNoWordsOverlap()
{
    QFETCH(Kind, kind);
    QVERIFY(writePdf(sheetOf(kind), m_path));
    const QString text = QString::fromUtf8(run(u"pdftotext"_s, {u"-bbox"_s, m_path, u"-"_s}));
    static const QRegularExpression word(
        u"(<page )|<word xMin=\"([-\\d.]+)\" yMin=\"([-\\d.]+)\" xMax=\"([-\\d.]+)\" "
        "yMax=\"([-\\d.]+)\">(.*?)</word>"_s);
    QList<std::pair<QRectF, QString>> words;
    qsizetype all = 0;
    for (auto match = word.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        if (!found.captured(1).isEmpty()) {
            words.clear();
            continue;
        }
        QRectF box(QPointF(found.captured(2).toDouble(), found.captured(3).toDouble()),
                   QPointF(found.captured(4).toDouble(), found.captured(5).toDouble()));
        // Ascent and descent of a font are more than its letters.
        box.adjust(0.5, box.height() * 0.25, -0.5, -box.height() * 0.25);
        for (const auto &[other, otherWord] : std::as_const(words)) {
            QVERIFY2(!box.intersects(other),
                     qPrintable(found.captured(6) + u" and "_s + otherWord));
        }
        words.append({box, found.captured(6)});
        ++all;
    }
    QVERIFY(all > 50);
}

void TestServicePages::usesNoSmallLetters_data()
{
    addKinds();
}

void TestServicePages::usesNoSmallLetters()
{
    QFETCH(Kind, kind);
    QVERIFY(writePdf(sheetOf(kind), m_path));
    const QString text = QString::fromUtf8(
        run(u"mutool"_s, {u"draw"_s, u"-F"_s, u"stext"_s, m_path}));
    static const QRegularExpression font(u"<font name=\"([^\"]*)\" size=\"([\\d.]+)\""_s);
    const bool longTitle = kind == Kind::LongNames || kind == Kind::LongNamesSingle;
    int codes = 0;
    for (auto match = font.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        const qreal points = found.captured(2).toDouble();
        const bool isCode = found.captured(1) == "JetBrainsMono-SemiBold"_L1;
        codes += isCode && points > 13.9 ? 1 : 0;
        QVERIFY2(points > (longTitle ? 6.9 : 8.9), qPrintable(found.captured(0)));
    }
    QVERIFY(codes > 0);
}

void TestServicePages::printsEachCodeWithItsNumber_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("poppler") << u"pdftotext"_s << QStringList{m_path, u"-"_s};
    QTest::newRow("poppler as laid out")
        << u"pdftotext"_s << QStringList{u"-layout"_s, m_path, u"-"_s};
    QTest::newRow("Ghostscript") << u"gs"_s << QStringList{u"-q"_s,
                                                           u"-dNOPAUSE"_s,
                                                           u"-dBATCH"_s,
                                                           u"-sDEVICE=txtwrite"_s,
                                                           u"-sOutputFile=-"_s,
                                                           m_path};
    QTest::newRow("MuPDF") << u"mutool"_s << QStringList{u"draw"_s, u"-F"_s, u"text"_s, m_path};
}

void TestServicePages::printsEachCodeWithItsNumber()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    for (const Kind kind : {Kind::TenCodes, Kind::SixteenCodes, Kind::FiftyCodes}) {
        const Sheet sheet = sheetOf(kind);
        QVERIFY(writePdf(sheet, m_path));
        const QString text = QString::fromUtf8(run(program, arguments)).simplified();
        for (const SheetRow &row : sheet.rows) {
            const SheetGroup &line = row.lines.first();
            const QString line1 = QString::fromUtf8(
                sheet.secret.view().sliced(line.offset, line.size));
            const QString expected = QString::number(row.number) + u' ' + line1 + u' ' + row.check;
            QVERIFY2(text.contains(expected), qPrintable(expected + u" in "_s + text));
        }
    }
}

void TestServicePages::breaksNoGroup()
{
    for (const Kind kind : {Kind::Microsoft, Kind::Apple}) {
        const Sheet sheet = sheetOf(kind);
        QVERIFY(writePdf(sheet, m_path));
        const QByteArray text = run(u"pdftotext"_s, {u"-layout"_s, m_path, u"-"_s}).simplified();
        for (const SheetLine &line : sheet.lines) {
            for (const SheetGroup &group : line.groups) {
                const QByteArray part =
                    sheet.secret.view().sliced(group.offset, group.size).toByteArray();
                QVERIFY2(text.contains(part), text.constData());
            }
        }
    }
}

void TestServicePages::namesPageAndSheetOnEachPage()
{
    const Sheet sheet = sheetOf(Kind::TwoHundredCodes);
    QVERIFY(writePdf(sheet, m_path));
    for (int page = 1; page <= 6; ++page) {
        const QString number = QString::number(page);
        const QByteArray text = run(u"pdftotext"_s,
                                    {u"-f"_s, number, u"-l"_s, number, m_path, u"-"_s});
        const QByteArray line = "Page " + number.toLatin1() + " of 6";
        QVERIFY2(text.contains(line), text.constData());
        QVERIFY2(text.contains(sheet.sheetIdLine.toLatin1()), text.constData());
        QVERIFY2(text.contains("Recovery sheet: Google"), text.constData());
    }
}

void TestServicePages::cutsNoLongName()
{
    for (const Kind kind : {Kind::LongNames, Kind::LongNamesSingle}) {
        QVERIFY(writePdf(sheetOf(kind), m_path));
        QByteArray text = run(u"pdftotext"_s, {u"-raw"_s, m_path, u"-"_s});
        text.replace('\n', "").replace(' ', "");
        QVERIFY2(text.contains(longNames().account.toLatin1()), text.constData());
        QVERIFY2(text.contains(longNames().service.toLatin1()), text.constData());
    }
}

void TestServicePages::strikesOnlyUsedCodes()
{
    const auto inkOfRow = [](SheetCodeState state) {
        std::vector<SheetCode> codes;
        codes.push_back(ServiceCodes::code("----", "----", state));
        codes.push_back(ServiceCodes::code("----", "----"));
        const auto sheet = makeListSheet(codes, ServiceCodes::google(),
                                         SheetOptions{.qrCodes = false});
        const auto image = sheet ? renderImage(*sheet, 150) : Result<QImage>(fail(sheet.error()));
        qsizetype dark = 0;
        for (int y = 0; image && y < image->height(); ++y) {
            for (int x = 0; x < image->width(); ++x)
                dark += qGray(image->pixel(x, y)) < 128 ? 1 : 0;
        }
        return dark;
    };
    const qsizetype unused = inkOfRow(SheetCodeState::Unused);
    QVERIFY(unused > 0);
    QVERIFY(inkOfRow(SheetCodeState::Used) > unused);
    // The list sheet has the states of its codes as text, too.
    auto codes = ServiceCodes::numbers(3);
    codes[1].state = SheetCodeState::Used;
    codes[1].usedOn = QDate(2026, 6, 1);
    const auto sheet = makeListSheet(codes, ServiceCodes::google(), {});
    QVERIFY(sheet.has_value());
    QVERIFY(writePdf(*sheet, m_path));
    const QByteArray text = run(u"pdftotext"_s, {u"-layout"_s, m_path, u"-"_s});
    QCOMPARE(text.count("used 2026-06-01"), 1);
}

void TestServicePages::makesValidPdfs_data()
{
    addKinds();
}

void TestServicePages::makesValidPdfs()
{
    QFETCH(Kind, kind);
    QVERIFY(writePdf(sheetOf(kind), m_path));
    const QByteArray checked = run(u"qpdf"_s, {u"--check"_s, m_path});
    QVERIFY2(checked.contains("No syntax or stream encoding errors found"), checked.constData());
}

void TestServicePages::tellsNothingInTheMetadata()
{
    QVERIFY(writePdf(sheetOf(Kind::TenCodes), m_path));
    QByteArray info = run(u"pdfinfo"_s, {m_path});
    QVERIFY2(info.contains("Title:           Recovery sheet\n"), info.constData());
    QVERIFY2(!info.contains("Google") && !info.contains("example"), info.constData());
    QVERIFY(writePdf(sheetOf(Kind::OnePassword), m_path));
    info = run(u"pdfinfo"_s, {m_path});
    QVERIFY2(info.contains("Title:           Setup sheet\n"), info.constData());
}

QTEST_MAIN(TestServicePages)
#include "tst_servicepages.moc"
