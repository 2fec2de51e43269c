// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/recoverysheet.h"

#include "core/recovery/checkcharacters.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView usualCode("a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6");

SheetSubject subject()
{
    return {
        .serverAddress = u"https://vault.bitwarden.eu"_s,
        .accountEmail = u"me@example.org"_s,
        .recoveryAddress = u"https://vault.bitwarden.eu/#/recover-2fa"_s,
        .made = QDateTime(QDate(2026, 11, 22), QTime(8, 0)),
    };
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

class TestRecoverySheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOutAUsualCodeInTwoLines();
    void printsCheckCharactersOfEachLine();
    void saysWhatItOpensAndForWhom();
    void leavesABlankForTheEmail();
    void putsTheCodeAloneIntoTheQrCode();
    void leavesOutBothQrCodes();
    void explainsAnUnusualCode();
    void breaksALongUnusualCodeBetweenCharacters();
    void hasNoCheckForCharactersWithoutValue();
    void refusesACodeThatFillsMoreThanASheet();
    void numbersEachCopy();
    void aFileDoesNotSayThatItIsACopy();
    void keepsTheNumberOfCopiesInBounds();
    void choosesSheetIdsThatCannotBeMisread();
    void namesFilesWithoutServiceOrAccount();
    void writesPlainText();
    void writesAnUnusualCodeInOnePiece();
    void breaksPlainTextAt78Columns();
    void knowsWhatToTryOnAServerOfOnesOwn();
    void writesAnAddressInAscii_data();
    void writesAnAddressInAscii();
    void namesTheAccountInAsciiToo();
};

void TestRecoverySheet::laysOutAUsualCodeInTwoLines()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->lines.size(), 2);
    QCOMPARE(sheet->lines[0].caption, u"row 1"_s);
    QCOMPARE(sheet->lines[1].caption, u"row 2"_s);
    QCOMPARE(sheet->lines[0].groups.size(), 4);
    QCOMPARE(groupText(*sheet, sheet->lines[0].groups[0]), "A1B2"_ba);
    QCOMPARE(groupText(*sheet, sheet->lines[1].groups[3]), "Q5R6"_ba);
    QCOMPARE(sheet->glyphs.size(), 5);
    QVERIFY(sheet->formNote.isEmpty());
}

void TestRecoverySheet::printsCheckCharactersOfEachLine()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->lines[0].check, *checkCharacters("aA1B2C3D4E5F6G7H8"));
    QCOMPARE(sheet->lines[1].check, *checkCharacters("bJ9K0L1M2N3P4Q5R6"));
}

void TestRecoverySheet::saysWhatItOpensAndForWhom()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->title.contains(u"Bitwarden account"_s));
    QCOMPARE(sheet->facts[0].value, u"me@example.org"_s);
    QCOMPARE(sheet->facts[1].value, u"https://vault.bitwarden.eu"_s);
    QVERIFY(sheet->purpose.contains(u"You also need the master password"_s));
    QVERIFY(sheet->madeLine.contains(u"2026-11-22"_s));
    QVERIFY(sheet->footer.contains(QLatin1StringView(SPAREKEY_VERSION)));
    QVERIFY(sheet->footer.contains(u"format 2"_s));
}

void TestRecoverySheet::leavesABlankForTheEmail()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                         SheetOptions{.email = false});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->facts[0].value, QString());
    QVERIFY(!textOf(*sheet).contains(u"me@example.org"_s));
    QVERIFY(textOf(*sheet).contains(u"Account  ____"_s));
}

void TestRecoverySheet::putsTheCodeAloneIntoTheQrCode()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->qrContent.view(), QByteArrayView("A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6"));
    QCOMPARE(sheet->pageQrContent, u"https://vault.bitwarden.eu/#/recover-2fa"_s);
}

void TestRecoverySheet::leavesOutBothQrCodes()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                         SheetOptions{.qrCodes = false});
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->qrContent.isEmpty());
    QVERIFY(sheet->pageQrContent.isEmpty());
    QCOMPARE(sheet->steps[0].address, u"https://vault.bitwarden.eu/#/recover-2fa"_s);
}

void TestRecoverySheet::explainsAnUnusualCode()
{
    const auto sheet = makeRecoverySheet(RecoveryCode("ab-cd"), subject(), {});
    QVERIFY(sheet.has_value());
    QVERIFY(!sheet->formNote.isEmpty());
    QVERIFY(sheet->breakLegend.isEmpty());
    QVERIFY(sheet->glyphs.isEmpty());
    QCOMPARE(sheet->lines.size(), 1);
    QCOMPARE(groupText(*sheet, sheet->lines[0].groups[0]), "ab-cd"_ba);
    QCOMPARE(sheet->qrContent.view(), QByteArrayView("ab-cd"));
}

void TestRecoverySheet::breaksALongUnusualCodeBetweenCharacters()
{
    const QByteArray code = QByteArray("ä").repeated(40);
    const auto sheet = makeRecoverySheet(RecoveryCode(code), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->lines.size(), 2);
    QCOMPARE(groupText(*sheet, sheet->lines[0].groups[0]), QByteArray("ä").repeated(24));
    QCOMPARE(groupText(*sheet, sheet->lines[1].groups[0]), QByteArray("ä").repeated(16));
    QVERIFY(!sheet->breakLegend.isEmpty());
}

void TestRecoverySheet::hasNoCheckForCharactersWithoutValue()
{
    const QByteArray code = QByteArray(24, 'a') + "b!";
    const auto sheet = makeRecoverySheet(RecoveryCode(code), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->lines[0].check.size(), 2);
    QCOMPARE(sheet->lines[1].check, QString());
    QVERIFY(!sheet->checkLegend.isEmpty());
    const auto without = makeRecoverySheet(RecoveryCode("b!"), subject(), {});
    QVERIFY(without.has_value());
    QVERIFY(without->checkLegend.isEmpty());
}

void TestRecoverySheet::refusesACodeThatFillsMoreThanASheet()
{
    const auto fits = makeRecoverySheet(RecoveryCode(QByteArray(128, 'x')), subject(), {});
    QVERIFY(fits.has_value());
    const auto refused = makeRecoverySheet(RecoveryCode(QByteArray(129, 'x')), subject(), {});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::CodeTooLong);
}

void TestRecoverySheet::numbersEachCopy()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                         SheetOptions{.copies = 2});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->copyLines, (QStringList{u"Copy 1 of 2"_s, u"Copy 2 of 2"_s}));
}

void TestRecoverySheet::aFileDoesNotSayThatItIsACopy()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                         SheetOptions{.copies = 0});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->copyLines, QStringList{QString()});
    QCOMPARE(sheet->madeLine, u"Saved 2026-11-22"_s);
}

void TestRecoverySheet::keepsTheNumberOfCopiesInBounds()
{
    const auto none = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                        SheetOptions{.copies = -1});
    const auto many = makeRecoverySheet(RecoveryCode(usualCode), subject(),
                                        SheetOptions{.copies = 5000});
    QVERIFY(none.has_value() && many.has_value());
    QCOMPARE(none->copyLines.size(), 1);
    QCOMPARE(many->copyLines.size(), 9);
}

void TestRecoverySheet::choosesSheetIdsThatCannotBeMisread()
{
    static const QRegularExpression form(
        u"^[34679ACDEFGHJKMNPQRTUVWXY]{4}-[34679ACDEFGHJKMNPQRTUVWXY]{2}$"_s);
    QSet<QString> ids;
    for (int i = 0; i < 1000; ++i) {
        const auto id = makeSheetId();
        QVERIFY(id.has_value());
        QVERIFY2(form.match(*id).hasMatch(), qPrintable(*id));
        ids.insert(*id);
    }
    QVERIFY(ids.size() > 990);
}

void TestRecoverySheet::namesFilesWithoutServiceOrAccount()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    QCOMPARE(suggestedFileName(*sheet, u"pdf"_s),
             u"recovery-sheet-"_s + sheet->sheetId + u".pdf"_s);
}

void TestRecoverySheet::writesPlainText()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    const QString text = textOf(*sheet);
    QVERIFY(text.startsWith(u"RECOVERY SHEET: BITWARDEN ACCOUNT\nSheet "_s + sheet->sheetId));
    QVERIFY(text.contains(u"\nrow 1   A1B2 C3D4 E5F6 G7H8   (check "_s + sheet->lines[0].check));
    QVERIFY(text.contains(u"\nrow 2   J9K0 L1M2 N3P4 Q5R6   (check "_s + sheet->lines[1].check));
    QVERIFY(
        text.contains(u"\n1. Open the recovery page:\n   https://vault.bitwarden.eu/#/recover"_s));
    QVERIFY(text.contains(u"Shred this sheet"_s));
    QVERIFY(text.contains(u"\n0 zero · O letter O · 1 one · I letter I · L letter L\n"_s));
    QVERIFY(text.contains(u"Not working?"_s));
    QVERIFY(text.endsWith(u'\n'));
    QVERIFY(!text.contains(u'\r'));
}

void TestRecoverySheet::writesAnUnusualCodeInOnePiece()
{
    const QByteArray code = QByteArray("aB3$").repeated(20);
    const auto sheet = makeRecoverySheet(RecoveryCode(code), subject(), {});
    QVERIFY(sheet.has_value());
    QVERIFY(toPlainText(*sheet).view().contains(QByteArray("\n" + code + "\n")));
}

void TestRecoverySheet::breaksPlainTextAt78Columns()
{
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    QVERIFY(sheet.has_value());
    const QStringList lines = textOf(*sheet).split(u'\n');
    for (const QString &line : lines)
        QVERIFY2(line.size() <= 78, qPrintable(line));
}

void TestRecoverySheet::knowsWhatToTryOnAServerOfOnesOwn()
{
    SheetSubject own = subject();
    own.selfHosted = true;
    const auto cloud = makeRecoverySheet(RecoveryCode(usualCode), subject(), {});
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), own, {});
    QVERIFY(cloud.has_value() && sheet.has_value());
    QVERIFY(sheet->title.contains(u"Bitwarden"_s));
    QVERIFY(textOf(*cloud).contains(u"bitwarden.com and bitwarden.eu"_s));
    QVERIFY(!textOf(*sheet).contains(u"bitwarden.com"_s));
    QVERIFY(textOf(*sheet).contains(u"Ask the person who runs it"_s));
}

void TestRecoverySheet::writesAnAddressInAscii_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("ascii");
    QTest::newRow("plain") << u"me@example.org"_s << u"me@example.org"_s;
    QTest::newRow("domain") << u"me@例え.jp"_s << u"me@xn--r8jz45g.jp"_s;
    QTest::newRow("both") << u"张3@例え.jp"_s << u"\\u{5F20}3@xn--r8jz45g.jp"_s;
    QTest::newRow("outside the BMP") << u"a\U0001F511@b.org"_s << u"a\\u{1F511}@b.org"_s;
    QTest::newRow("no domain") << u"张"_s << u"\\u{5F20}"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestRecoverySheet::writesAnAddressInAscii()
{
    QFETCH(QString, email);
    QTEST(asciiEmail(email), "ascii");
}

void TestRecoverySheet::namesTheAccountInAsciiToo()
{
    SheetSubject foreign = subject();
    foreign.accountEmail = u"me@例え.jp"_s;
    foreign.accountAscii = asciiEmail(foreign.accountEmail);
    const auto sheet = makeRecoverySheet(RecoveryCode(usualCode), foreign, {});
    QVERIFY(sheet.has_value());
    QCOMPARE(sheet->facts[0].value, foreign.accountEmail);
    QCOMPARE(sheet->facts[0].ascii, u"me@xn--r8jz45g.jp"_s);
    QVERIFY(textOf(*sheet).contains(u"\n         me@xn--r8jz45g.jp\n"_s));
    const auto without = makeRecoverySheet(RecoveryCode(usualCode), foreign,
                                           SheetOptions{.email = false});
    QVERIFY(without.has_value());
    QVERIFY(!textOf(*without).contains(u"xn--"_s));
}

QTEST_GUILESS_MAIN(TestRecoverySheet)
#include "tst_recoverysheet.moc"
