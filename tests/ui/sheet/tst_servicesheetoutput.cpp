// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/servicecodes.h"
#include "ui/render/missingglyphs.h"
#include "ui/sheet/sheetviewmodel.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

// Sheets of other services, without any account.
class TestServiceSheetOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsOnTheSheet_data();
    void saysWhatIsOnTheSheet();
    void tellsOfEachCopyItsFile();
    void keepsTheSheetIdWhateverTheOptions();
    void saysWhyThereIsNoQrCode();
    void warnsOfACodeThatNoFontHas();
    void reportsACodeThatIsTooLong();
    void clearingWipesTheSheet();

private:
    QTemporaryDir m_folder;
    Settings m_settings{m_folder.filePath(u"settings"_s)};
    PrintService m_printing;
};

void TestServiceSheetOutput::saysWhatIsOnTheSheet_data()
{
    QTest::addColumn<int>("codes");
    QTest::addColumn<SheetViewModel::Content>("content");
    QTest::addColumn<int>("pages");
    using Content = SheetViewModel::Content;
    QTest::newRow("list") << 10 << Content::CodeList << 1;
    QTest::newRow("long list") << 50 << Content::CodeList << 2;
    QTest::newRow("single code") << 1 << Content::ServiceCode << 1;
    QTest::newRow("setup key") << 0 << Content::ServiceSetupKey << 1;
}

void TestServiceSheetOutput::saysWhatIsOnTheSheet()
{
    QFETCH(int, codes);
    SheetViewModel sheet(m_settings, m_printing);
    if (codes == 0) {
        sheet.setSource(setupKeySource(SecureBuffer::copyOf(ServiceCodes::setupUri()),
                                       ServiceCodes::onePassword()));
    } else if (codes == 1) {
        sheet.setSource(singleCodeSource(ServiceCodes::microsoftCode(), ServiceCodes::microsoft()));
    } else {
        sheet.setSource(codeListSource(ServiceCodes::numbers(codes), ServiceCodes::google()));
    }
    QVERIFY(sheet.sheet());
    QTEST(sheet.content(), "content");
    QTEST(sheet.pages(), "pages");
    QVERIFY(sheet.ofService());
    QCOMPARE(sheet.setUp(), codes == 0);
    QCOMPARE(sheet.errorText(), QString());
}

void TestServiceSheetOutput::tellsOfEachCopyItsFile()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(codeListSource(ServiceCodes::numbers(10), ServiceCodes::google()));
    QSignalSpy made(&sheet, &SheetViewModel::copyMade);
    const QString path = m_folder.filePath(u"codes.txt"_s);
    sheet.save(SheetViewModel::Format::Text, path, true);
    QTRY_COMPARE_WITH_TIMEOUT(made.size(), 1, 30'000);
    const auto copy = made.first().first().value<CopyRecord>();
    QCOMPARE(copy.kind, CopyKind::Text);
    QCOMPARE(copy.sheetId, sheet.sheet()->sheetId);
    QVERIFY(copy.when.isValid());
    QCOMPARE(made.first().at(1).toString(), path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains("1009 0070"), text.constData());
    QVERIFY2(text.contains(copy.sheetId.toLatin1()), text.constData());
    QVERIFY(!sheet.suggestedPath(SheetViewModel::Format::Pdf).contains(u"oogle"_s));
}

void TestServiceSheetOutput::keepsTheSheetIdWhateverTheOptions()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(codeListSource(ServiceCodes::numbers(10), ServiceCodes::google()));
    const QString id = sheet.sheet()->sheetId;
    QVERIFY(!id.isEmpty());
    sheet.setPaper(SheetViewModel::Paper::Letter);
    sheet.setWithEmail(false);
    QCOMPARE(sheet.sheet()->sheetId, id);
    QCOMPARE(sheet.sheet()->options.paper, PaperSize::Letter);
}

void TestServiceSheetOutput::saysWhyThereIsNoQrCode()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(codeListSource(ServiceCodes::numbers(200), ServiceCodes::google()));
    QVERIFY(sheet.qrCodeNote().contains(u"too many"_s));
    sheet.setWithQrCode(false);
    QCOMPARE(sheet.qrCodeNote(), QString());
}

void TestServiceSheetOutput::warnsOfACodeThatNoFontHas()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(singleCodeSource(ServiceCodes::microsoftCode(), ServiceCodes::microsoft()));
    QVERIFY(sheet.fontWarning().isEmpty());
    // Of a script that hardly any font has (Sidetic, Unicode 17).
    const QString letters = u"abcd \U00010940 efgh"_s;
    const QByteArray code = letters.toUtf8();
    sheet.setSource(singleCodeSource(ServiceCodes::code(code, code), ServiceCodes::microsoft()));
    if (missingFontPackage(letters).isEmpty())
        QSKIP("this computer has such a font");
    QVERIFY2(sheet.fontWarning().contains(u"letters of a code"_s), qPrintable(sheet.fontWarning()));
}

void TestServiceSheetOutput::reportsACodeThatIsTooLong()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(
        singleCodeSource(ServiceCodes::code(QByteArray(513, 'x'), "x"), ServiceCodes::microsoft()));
    QVERIFY(!sheet.sheet());
    QCOMPARE(sheet.pages(), 0);
    QVERIFY(!sheet.errorText().isEmpty());
}

void TestServiceSheetOutput::clearingWipesTheSheet()
{
    SheetViewModel sheet(m_settings, m_printing);
    sheet.setSource(codeListSource(ServiceCodes::numbers(10), ServiceCodes::google()));
    sheet.clear();
    QVERIFY(!sheet.sheet());
    QCOMPARE(sheet.pages(), 0);
    QCOMPARE(sheet.content(), SheetViewModel::Content::Nothing);
}

QTEST_MAIN(TestServiceSheetOutput)
#include "tst_servicesheetoutput.moc"
