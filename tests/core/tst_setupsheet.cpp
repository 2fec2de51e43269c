// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/setupsheet.h"

#include "core/recovery/checkcharacters.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView usualKey("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ");

Result<Sheet> sheetOf(QByteArrayView key, const SheetOptions &options = {},
                      const QString &email = u"me@example.org"_s)
{
    const SheetSubject subject{
        .serverAddress = u"https://vault.bitwarden.eu"_s,
        .accountEmail = email,
        .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0)),
    };
    return makeSetupSheet(SecureBuffer::copyOf(key), subject, options);
}

QByteArray groupText(const Sheet &sheet, const SheetGroup &group)
{
    return sheet.secret.view().sliced(group.offset, group.size).toByteArray();
}

QString textOf(const Sheet &sheet)
{
    return QString::fromUtf8(toPlainText(sheet).view());
}

} // namespace

class TestSetupSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOutAUsualKeyInTwoLinesOfFourGroups();
    void endsAnOddKeyWithAShortGroup();
    void writesALongKeyInWholeLines();
    void leavesOutPadding();
    void warnsOfWhoeverHasTheSheet();
    void putsTheAddressForAppsIntoTheQrCode();
    void leavesTheEmailOutOfTheQrCodeToo();
    void leavesOutTheQrCode();
    void refusesAnEmailThatFillsTheQrCode();
    void namesItsFileByItsKind();
    void writesPlainText();
};

void TestSetupSheet::laysOutAUsualKeyInTwoLinesOfFourGroups()
{
    const auto sheet = sheetOf(usualKey);
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->kind, SheetKind::AccountSetupKey);
    QVERIFY(sheet->grouped);
    QCOMPARE(sheet->lines.size(), 2);
    QCOMPARE(sheet->lines[0].groups.size(), 4);
    QCOMPARE(groupText(*sheet, sheet->lines[0].groups[0]), "JBSW"_ba);
    QCOMPARE(groupText(*sheet, sheet->lines[1].groups[3]), "3PXQ"_ba);
    QCOMPARE(sheet->lines[1].check, *checkCharacters("bJBSWY3DPEHPK3PXQ"));
    QVERIFY(sheet->breakLegend.isEmpty());
}

void TestSetupSheet::endsAnOddKeyWithAShortGroup()
{
    const auto sheet = sheetOf("JBSWY3DPEHPK3PXPJBSWY3DPEH");
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->grouped);
    QCOMPARE(sheet->lines[1].groups.size(), 3);
    QCOMPARE(groupText(*sheet, sheet->lines[1].groups[2]), "EH"_ba);
}

void TestSetupSheet::writesALongKeyInWholeLines()
{
    const QByteArray key = QByteArray("JBSWY3DPEHPK3PXP").repeated(4);
    const auto sheet = sheetOf(key);
    QVERIFY(sheet.has_value());
    QVERIFY(!sheet->grouped);
    QCOMPARE(sheet->lines.size(), 3);
    QVERIFY(!sheet->breakLegend.isEmpty());
    QVERIFY(textOf(*sheet).contains(QString::fromLatin1("\n" + key + "\n")));
}

void TestSetupSheet::leavesOutPadding()
{
    const auto sheet = sheetOf("JBSWY3DPEHPK3PXPJBSWY3DPEH======");
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->secret.view(), QByteArrayView("JBSWY3DPEHPK3PXPJBSWY3DPEH"));
}

void TestSetupSheet::warnsOfWhoeverHasTheSheet()
{
    const auto sheet = sheetOf(usualKey);
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->purpose.contains(u"Anyone who has this sheet can create your codes"_s));
    QVERIFY(sheet->rule.contains(u"void"_s));
    for (const SheetBlank &field : sheet->blanks)
        QVERIFY(!field.label.contains(u"master password"_s));
}

void TestSetupSheet::putsTheAddressForAppsIntoTheQrCode()
{
    const auto sheet = sheetOf(usualKey);
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->qrContent.view(),
             QByteArrayView("otpauth://totp/Bitwarden:me%40example.org?secret="
                            "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ&issuer=Bitwarden"));
    QVERIFY(sheet->pageQrContent.isEmpty());
}

void TestSetupSheet::leavesTheEmailOutOfTheQrCodeToo()
{
    const auto sheet = sheetOf(usualKey, SheetOptions{.email = false});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->qrContent.view(),
             QByteArrayView("otpauth://totp/Bitwarden?secret="
                            "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ&issuer=Bitwarden"));
    QVERIFY(!textOf(*sheet).contains(u"example.org"_s));
}

void TestSetupSheet::leavesOutTheQrCode()
{
    const auto sheet = sheetOf(usualKey, SheetOptions{.qrCodes = false});
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->qrContent.isEmpty());
    QVERIFY(!textOf(*sheet).contains(u"otpauth"_s));
}

void TestSetupSheet::refusesAnEmailThatFillsTheQrCode()
{
    const QString email(500, u'ä');
    const auto refused = sheetOf(usualKey, {}, email);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::CodeTooLong);
    QVERIFY(sheetOf(usualKey, SheetOptions{.email = false}, email).has_value());
}

void TestSetupSheet::namesItsFileByItsKind()
{
    const auto sheet = sheetOf(usualKey);
    QVERIFY(sheet.has_value());
    QCOMPARE(suggestedFileName(*sheet, u"pdf"_s), u"setup-sheet-"_s + sheet->sheetId + u".pdf"_s);
}

void TestSetupSheet::writesPlainText()
{
    const auto sheet = sheetOf(usualKey);
    QVERIFY(sheet.has_value());
    const QString text = textOf(*sheet);
    QVERIFY(text.startsWith(u"SETUP SHEET: BITWARDEN AUTHENTICATOR\nSheet "_s + sheet->sheetId));
    QVERIFY(text.contains(u"\nrow 1   JBSW Y3DP EHPK 3PXP   (check "_s + sheet->lines[0].check));
    QVERIFY(text.contains(u"\notpauth://totp/Bitwarden:me%40example.org?secret=JBSWY3DP"_s));
    QVERIFY(text.simplified().contains(u"Anyone who has this sheet"_s));
}

QTEST_GUILESS_MAIN(TestSetupSheet)
#include "tst_setupsheet.moc"
