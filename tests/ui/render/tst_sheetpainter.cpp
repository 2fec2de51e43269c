// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/sheetpainter.h"

#include "core/pdf/protectedpdf.h"
#include "core/sheet/recoverysheet.h"
#include "core/sheet/setupsheet.h"
#include "tests/ui/render/sheetprobe.h"
#include "ui/render/sheetfonts.h"
#include "ui/render/sheetpdf.h"

#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Sparekey::SheetProbe;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView code("A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6");

Sheet sheetOf(QByteArrayView text, const SheetOptions &options = {})
{
    const SheetSubject subject{
        .serverAddress = u"https://vault.bitwarden.eu"_s,
        .accountEmail = u"me@example.org"_s,
        .recoveryAddress = u"https://vault.bitwarden.eu/#/recover-2fa"_s,
        .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0)),
    };
    auto sheet = makeRecoverySheet(RecoveryCode(text), subject, options);
    return sheet ? std::move(*sheet) : Sheet{};
}

constexpr QByteArrayView key("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

Sheet setupSheetOf(QByteArrayView text, const QString &email = u"me@example.org"_s,
                   const SheetOptions &options = {})
{
    const SheetSubject subject{
        .serverAddress = u"https://vault.bitwarden.eu"_s,
        .accountEmail = email,
        .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0)),
    };
    auto sheet = makeSetupSheet(SecureBuffer::copyOf(text), subject, options);
    return sheet ? std::move(*sheet) : Sheet{};
}

void liesInTheCommonArea(const QImage &image, PaperSize paper)
{
    const QRectF ink = inkOf(image, 100);
    QVERIFY2(
        commonArea(paper).contains(ink),
        qPrintable(
            u"%1 %2 %3 %4"_s.arg(ink.left()).arg(ink.top()).arg(ink.right()).arg(ink.bottom())));
}

} // namespace

class TestSheetPainter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsItsTextReadable();
    void printsAQrCodeThatScannersRead_data();
    void printsAQrCodeThatScannersRead();
    void printsAnAuthenticatorQrCodeThatScannersRead_data();
    void printsAnAuthenticatorQrCodeThatScannersRead();
    void keepsTheKeyReadable();
    void givesTheRowsInOrderToReaders_data();
    void givesTheRowsInOrderToReaders();
    void writesBlanksAsBlanks();
    void cutsNoLongName();
    void leavesOutQrCodesOnDemand();
    void makesAPageForEachCopy();
    void usesTheChosenPaper_data();
    void usesTheChosenPaper();
    void embedsItsFonts();
    void tellsNothingInTheMetadata();
    void protectsTheCode();
    void paintsBlackOnly();
    void staysInsideTheCommonArea_data();
    void staysInsideTheCommonArea();
    void aSetupSheetStaysInsideTheCommonArea_data();
    void aSetupSheetStaysInsideTheCommonArea();
    void keepsTheBoxesAboveTheFoot_data();
    void keepsTheBoxesAboveTheFoot();
    void showsTheSameOnScreenAndPaper();
    void tellsAllCharactersApart();

private:
    QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath(u"sheet.pdf"_s);
};

void TestSheetPainter::init()
{
    QVERIFY(m_folder.isValid());
}

void TestSheetPainter::keepsItsTextReadable()
{
    const Sheet sheet = sheetOf(code);
    QVERIFY(writePdf(sheet, m_path));
    const QByteArray text = run(u"pdftotext"_s, {u"-layout"_s, m_path, u"-"_s});
    for (const char *part : {"Recovery sheet: Bitwarden account", "https://vault.bitwarden.eu",
                             "me@example.org", "Printed 2026-11-22", "Copy 1 of 1",
                             "Shred this sheet", "https://vault.bitwarden.eu/#/recover-2fa"})
        QVERIFY2(text.contains(part), part);
    QVERIFY(text.contains(sheet.sheetId.toLatin1()));
    QByteArray close = text;
    close.replace(' ', "");
    for (qsizetype i = 0; i < code.size(); i += 4)
        QVERIFY2(close.contains(code.sliced(i, 4)), code.sliced(i, 4).toByteArray().constData());
}

void TestSheetPainter::printsAQrCodeThatScannersRead_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("read");
    QTest::newRow("usual") << code.toByteArray().toLower() << code.toByteArray();
    QTest::newRow("unusual, 64") << QByteArray("aB3$xY->").repeated(8)
                                 << QByteArray("aB3$xY->").repeated(8);
    QTest::newRow("longest") << QByteArray("aB3$xY->").repeated(16)
                             << QByteArray("aB3$xY->").repeated(16);
}

void TestSheetPainter::printsAQrCodeThatScannersRead()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, read);
    QVERIFY(writePdf(sheetOf(sent), m_path));
    const QString page = m_folder.filePath(u"page"_s);
    run(u"pdftoppm"_s, {u"-r"_s, u"200"_s, u"-mono"_s, u"-singlefile"_s, m_path, page});
    const QByteArray found = run(u"zbarimg"_s, {u"--quiet"_s, u"--raw"_s, page + u".pbm"_s});
    const QByteArrayList codes = found.trimmed().split('\n');
    QCOMPARE(codes.size(), 2);
    QVERIFY2(codes.contains(read), found.constData());
    QVERIFY2(codes.contains("https://vault.bitwarden.eu/#/recover-2fa"), found.constData());
}

void TestSheetPainter::printsAnAuthenticatorQrCodeThatScannersRead_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QByteArray>("label");
    QTest::newRow("usual") << key.toByteArray() << u"me@example.org"_s
                           << "Bitwarden:me%40example.org"_ba;
    QTest::newRow("no email") << key.toByteArray() << QString() << "Bitwarden"_ba;
    QTest::newRow("long email") << key.toByteArray()
                                << QString(u"m"_s.repeated(60) + u"@"_s + u"e"_s.repeated(185)
                                           + u".example"_s)
                                << QByteArray("Bitwarden:" + QByteArray(60, 'm') + "%40"
                                              + QByteArray(185, 'e') + ".example");
    QTest::newRow("longest key") << QByteArray(128, 'Q') << u"me@example.org"_s
                                 << "Bitwarden:me%40example.org"_ba;
}

void TestSheetPainter::printsAnAuthenticatorQrCodeThatScannersRead()
{
    QFETCH(QByteArray, secret);
    QFETCH(QString, email);
    QFETCH(QByteArray, label);
    QVERIFY(writePdf(setupSheetOf(secret, email), m_path));
    const QString page = m_folder.filePath(u"page"_s);
    run(u"pdftoppm"_s, {u"-r"_s, u"200"_s, u"-mono"_s, u"-singlefile"_s, m_path, page});
    const QByteArray found = run(u"zbarimg"_s, {u"--quiet"_s, u"--raw"_s, page + u".pbm"_s});
    QCOMPARE(found.trimmed(),
             "otpauth://totp/" + label + "?secret=" + secret + "&issuer=Bitwarden");
}

void TestSheetPainter::keepsTheKeyReadable()
{
    const Sheet sheet = setupSheetOf(key);
    QVERIFY(writePdf(sheet, m_path));
    const QByteArray text = run(u"pdftotext"_s, {u"-layout"_s, m_path, u"-"_s});
    for (const char *part : {"Setup sheet: Bitwarden authenticator", "me@example.org", "TOTP",
                             "Anyone who has this sheet can create your codes", "Shred this sheet"})
        QVERIFY2(text.simplified().contains(part), part);
    QByteArray close = text;
    close.replace(' ', "");
    for (qsizetype i = 0; i < key.size(); i += 4)
        QVERIFY2(close.contains(key.sliced(i, 4)), key.sliced(i, 4).toByteArray().constData());
    const QByteArray info = run(u"pdfinfo"_s, {m_path});
    QVERIFY2(info.contains("Title:           Setup sheet\n"), info.constData());
}

void TestSheetPainter::givesTheRowsInOrderToReaders_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<bool>("setUp");
    for (const bool setUp : {false, true}) {
        const char *sheet = setUp ? "set-up" : "recovery";
        QTest::addRow("poppler, %s", sheet)
            << u"pdftotext"_s << QStringList{m_path, u"-"_s} << setUp;
        QTest::addRow("poppler as laid out, %s", sheet)
            << u"pdftotext"_s << QStringList{u"-layout"_s, m_path, u"-"_s} << setUp;
        QTest::addRow("Ghostscript, %s", sheet) << u"gs"_s << QStringList{u"-q"_s,
                                                                          u"-dNOPAUSE"_s,
                                                                          u"-dBATCH"_s,
                                                                          u"-sDEVICE=txtwrite"_s,
                                                                          u"-sOutputFile=-"_s,
                                                                          m_path}
                                                << setUp;
        QTest::addRow("MuPDF, %s", sheet)
            << u"mutool"_s << QStringList{u"draw"_s, u"-F"_s, u"text"_s, m_path} << setUp;
    }
}

void TestSheetPainter::givesTheRowsInOrderToReaders()
{
    QFETCH(QString, program);
    QFETCH(QStringList, arguments);
    QFETCH(bool, setUp);
    QVERIFY(writePdf(setUp ? setupSheetOf(key) : sheetOf(code), m_path));
    const QString text = QString::fromUtf8(run(program, arguments)).simplified();
    const QByteArrayView secret = setUp ? key : code;
    const auto groups = [&](qsizetype from) {
        QStringList list;
        for (qsizetype i = from; i < from + 16; i += 4)
            list.append(QString::fromLatin1(secret.sliced(i, 4)));
        return list.join(u' ');
    };
    const qsizetype first = text.indexOf(u"row 1 "_s + groups(0) + u" check "_s);
    const qsizetype second = text.indexOf(u"row 2 "_s + groups(16) + u" check "_s);
    QVERIFY2(first > 0 && second > first, qPrintable(text));
    QVERIFY2(text.indexOf(u"Account me@example.org"_s) < first, qPrintable(text));
    QVERIFY2(text.contains(u"Account me@example.org"_s), qPrintable(text));
}

void TestSheetPainter::writesBlanksAsBlanks()
{
    for (const bool setUp : {false, true}) {
        QVERIFY(writePdf(setUp ? setupSheetOf(key) : sheetOf(code), m_path));
        const QByteArray plain = m_folder.filePath(u"plain.pdf"_s).toLocal8Bit();
        run(u"qpdf"_s, {u"--qdf"_s, m_path, QString::fromLocal8Bit(plain)});
        QFile file(QString::fromLocal8Bit(plain));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray objects = file.readAll();
        QVERIFY(objects.contains("<0020>"));
        // In a table of code points: "<glyph> <glyph> [<code point> …]".
        static const QRegularExpression tabulator(
            u"^<[0-9A-F]{4}> <[0-9A-F]{4}> \\[?[^\n]*<0009>"_s,
            QRegularExpression::MultilineOption);
        QVERIFY(!QString::fromLatin1(objects).contains(tabulator));
        const QByteArray text = run(u"gs"_s,
                                    {u"-q"_s, u"-dNOPAUSE"_s, u"-dBATCH"_s, u"-sDEVICE=txtwrite"_s,
                                     u"-sOutputFile=-"_s, m_path});
        QVERIFY(text.contains("master password"));
        QVERIFY(!text.contains('\t'));
    }
}

void TestSheetPainter::cutsNoLongName()
{
    const QString email = QString(64, u'm') + u'@' + QString(63, u'w') + u'.' + QString(63, u'w')
        + u'.' + QString(57, u'w') + u".org"_s;
    QCOMPARE(email.size(), 254);
    const QString server = u"https://"_s + QString(63, u'w') + u".example/"_s + QString(220, u'w');
    const SheetSubject subject{
        .serverAddress = server,
        .accountEmail = email,
        .recoveryAddress = server + u"/#/recover-2fa"_s,
        .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0)),
    };
    const auto sheet = makeRecoverySheet(RecoveryCode(code), subject, {});
    QVERIFY(sheet.has_value());
    QVERIFY(writePdf(*sheet, m_path));
    QByteArray text = run(u"pdftotext"_s, {m_path, u"-"_s});
    text.replace('\n', "").replace(' ', "");
    QVERIFY2(text.contains(email.toLatin1()), text.constData());
    QCOMPARE(text.count(server.toLatin1()), 2);
}

void TestSheetPainter::leavesOutQrCodesOnDemand()
{
    const auto image = renderImage(sheetOf(code, SheetOptions{.qrCodes = false}), 200);
    QVERIFY(image.has_value());
    const QString page = m_folder.filePath(u"page.png"_s);
    QVERIFY(image->save(page));
    QCOMPARE(run(u"zbarimg"_s, {u"--quiet"_s, u"--raw"_s, page}), QByteArray());
}

void TestSheetPainter::makesAPageForEachCopy()
{
    QVERIFY(writePdf(sheetOf(code, SheetOptions{.copies = 3}), m_path));
    QVERIFY(run(u"pdfinfo"_s, {m_path}).contains("Pages:           3"));
    const QByteArray last = run(u"pdftotext"_s, {u"-f"_s, u"3"_s, m_path, u"-"_s});
    QVERIFY2(last.contains("Copy 3 of 3"), last.constData());
}

void TestSheetPainter::usesTheChosenPaper_data()
{
    QTest::addColumn<bool>("letter");
    QTest::addColumn<QByteArray>("size");
    QTest::newRow("A4") << false << "595 x 842 pts (A4)"_ba;
    QTest::newRow("Letter") << true << "612 x 792 pts (letter)"_ba;
}

void TestSheetPainter::usesTheChosenPaper()
{
    QFETCH(bool, letter);
    QFETCH(QByteArray, size);
    QVERIFY(
        writePdf(sheetOf(code, SheetOptions{.paper = letter ? PaperSize::Letter : PaperSize::A4}),
                 m_path));
    const QByteArray info = run(u"pdfinfo"_s, {m_path});
    QVERIFY2(info.contains(size), info.constData());
}

void TestSheetPainter::embedsItsFonts()
{
    QVERIFY(writePdf(sheetOf(code), m_path));
    const QByteArrayList lines = run(u"pdffonts"_s, {m_path}).trimmed().split('\n');
    QVERIFY(lines.size() > 3);
    for (const QByteArray &line : lines.sliced(2))
        QVERIFY2(line.simplified().split(' ').contains("yes"), line.constData());
}

void TestSheetPainter::tellsNothingInTheMetadata()
{
    QVERIFY(writePdf(sheetOf(code), m_path));
    const QByteArray info = run(u"pdfinfo"_s, {m_path});
    QVERIFY2(info.contains("Title:           Recovery sheet\n"), info.constData());
    QVERIFY2(info.contains("PDF version:     1.6"), info.constData());
    QVERIFY(!info.contains("Author:"));
    for (const QByteArray &secret : {"me@example.org"_ba, "vault.bitwarden"_ba, "/"_ba})
        QVERIFY2(!info.contains(secret), info.constData());
}

void TestSheetPainter::protectsTheCode()
{
    const auto pdf = renderPdf(sheetOf(code));
    QVERIFY(pdf.has_value());
    const SecureBuffer phrase = SecureBuffer::copyOf("maple-river-candle-orbit-pen-bay");
    const auto made = protectPdf(pdf->view(), phrase);
    QVERIFY(made.has_value());
    QVERIFY(verifyOpens(made->view(), phrase).has_value());
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(made->view().data(), made->size());
    file.close();
    const QByteArray strings = run(u"strings"_s, {m_path});
    QVERIFY(!strings.isEmpty());
    for (const QByteArray &secret : {"A1B2"_ba, "Recovery sheet"_ba, "me@example.org"_ba})
        QVERIFY(!strings.contains(secret));
    QByteArray text = run(u"pdftotext"_s,
                          {u"-upw"_s, QString::fromUtf8(phrase.view()), m_path, u"-"_s});
    QVERIFY2(text.replace(' ', "").contains("A1B2"), text.constData());
}

void TestSheetPainter::paintsBlackOnly()
{
    QVERIFY(writePdf(sheetOf(code), m_path));
    run(u"pdftoppm"_s,
        {u"-r"_s, u"60"_s, u"-aa"_s, u"no"_s, u"-aaVector"_s, u"no"_s, u"-singlefile"_s, m_path,
         m_folder.filePath(u"black"_s)});
    const QImage image(m_folder.filePath(u"black.ppm"_s));
    QVERIFY(!image.isNull());
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y) & 0xffffff;
            QVERIFY(pixel == 0 || pixel == 0xffffff);
        }
    }
}

void TestSheetPainter::staysInsideTheCommonArea_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<bool>("letter");
    for (const bool letter : {false, true}) {
        const char *paper = letter ? "Letter" : "A4";
        QTest::addRow("usual, %s", paper) << code.toByteArray() << letter;
        QTest::addRow("64 characters, %s", paper) << QByteArray(64, 'W') << letter;
        QTest::addRow("longest, %s", paper) << QByteArray(128, 'w') << letter;
    }
}

void TestSheetPainter::staysInsideTheCommonArea()
{
    QFETCH(QByteArray, sent);
    QFETCH(bool, letter);
    const SheetSubject subject{
        .serverAddress = u"https://"_s + QString(300, u'w'),
        .accountEmail = QString(254, u'm'),
        .recoveryAddress = u"https://"_s + QString(300, u'w') + u"/#/recover-2fa"_s,
        .made = QDateTime::currentDateTime(),
    };
    SheetOptions options;
    options.paper = letter ? PaperSize::Letter : PaperSize::A4;
    const auto sheet = makeRecoverySheet(RecoveryCode(sent), subject, options);
    QVERIFY(sheet.has_value());
    const auto image = renderImage(*sheet, 100);
    QVERIFY(image.has_value());
    liesInTheCommonArea(*image, options.paper);
}

void TestSheetPainter::aSetupSheetStaysInsideTheCommonArea_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<int>("emailSize");
    QTest::newRow("usual") << key.toByteArray() << 20;
    QTest::newRow("longest key") << QByteArray(128, 'W') << 20;
    QTest::newRow("long email") << key.toByteArray() << 254;
}

void TestSheetPainter::aSetupSheetStaysInsideTheCommonArea()
{
    QFETCH(QByteArray, secret);
    QFETCH(int, emailSize);
    const Sheet sheet = setupSheetOf(secret, QString(emailSize, u'm'));
    QVERIFY(!sheet.lines.isEmpty());
    const auto image = renderImage(sheet, 100);
    QVERIFY(image.has_value());
    liesInTheCommonArea(*image, PaperSize::A4);
}

void TestSheetPainter::keepsTheBoxesAboveTheFoot_data()
{
    QTest::addColumn<bool>("setUp");
    QTest::addColumn<bool>("letter");
    QTest::addColumn<QString>("more");
    for (const bool setUp : {false, true}) {
        for (const bool letter : {false, true}) {
            const char *sheet = setUp ? "set-up" : "recovery";
            const char *paper = letter ? "Letter" : "A4";
            QTest::addRow("%s, %s", sheet, paper) << setUp << letter << QString();
            QTest::addRow("%s, %s, two rows", sheet, paper) << setUp << letter << u" in lang"_s;
            QTest::addRow("%s, %s, three rows", sheet, paper)
                << setUp << letter << u" in einer langen Sprache, der Sprache der Ämter"_s;
        }
    }
}

void TestSheetPainter::keepsTheBoxesAboveTheFoot()
{
    QFETCH(bool, setUp);
    QFETCH(bool, letter);
    QFETCH(QString, more);
    const SheetOptions options{.paper = letter ? PaperSize::Letter : PaperSize::A4};
    Sheet sheet = setUp ? setupSheetOf(key, u"me@example.org"_s, options) : sheetOf(code, options);
    QCOMPARE(sheet.boxes.size(), 2);
    for (SheetBox &box : sheet.boxes)
        box.label += more;
    constexpr int dotsPerInch = 200;
    const auto image = renderImage(sheet, dotsPerInch);
    QVERIFY(image.has_value());
    const QSizeF paper = paperSizeMm(options.paper);
    const auto dots = [](qreal mm) {
        return qRound(mm * dotsPerInch / 25.4);
    };
    // A strip as wide as the content, of which the foot's line is the lower edge.
    const qreal foot = (paper.height() - 248) / 2 + 248 - 5.6;
    const QRect strip(dots((paper.width() - 182) / 2), dots(foot - 1.5), dots(182), dots(1.2));
    const QRectF ink = inkOf(image->copy(strip), dotsPerInch);
    QVERIFY2(ink.isEmpty(), qPrintable(u"%1 %2"_s.arg(ink.x()).arg(ink.y())));
}

void TestSheetPainter::showsTheSameOnScreenAndPaper()
{
    const Sheet sheet = sheetOf(code);
    QVERIFY(writePdf(sheet, m_path));
    run(u"pdftoppm"_s, {u"-r"_s, u"150"_s, u"-singlefile"_s, m_path, m_folder.filePath(u"same"_s)});
    const QImage paper(m_folder.filePath(u"same.ppm"_s));
    const auto screen = renderImage(sheet, 150);
    QVERIFY(screen.has_value() && !paper.isNull());
    QVERIFY(std::abs(paper.width() - screen->width()) <= 1);
    // In fields of 4 mm, so that the smoothing of edges does not count and a shifted line does.
    const auto shrink = [](const QImage &image) {
        return image.scaled(52, 74, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_Grayscale8);
    };
    const QImage a = shrink(paper);
    const QImage b = shrink(*screen);
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            QVERIFY2(std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) < 40,
                     qPrintable(u"%1 %2"_s.arg(x).arg(y)));
        }
    }
}

void TestSheetPainter::tellsAllCharactersApart()
{
    QVERIFY(hasDistinctGlyphs(SheetFonts().code(14).family()));
}

QTEST_MAIN(TestSheetPainter)
#include "tst_sheetpainter.moc"
