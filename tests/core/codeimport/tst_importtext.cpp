// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "importsamples.h"

#include "core/codeimport/importtext.h"
#include "core/servicecatalog/servicecatalog.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

const QString googleText = QString::fromUtf8(
    "SAVE YOUR BACKUP CODES\n"
    "Keep these backup codes somewhere safe but accessible.\n"
    "\n"
    "1. 1234 5678\t\t 6. 6234 5678\n"
    "2. 2234 5678\t\t 7. 7234 5678\n"
    "3. 3234 5678\t\t 8. 8234 5678\n"
    "4. 4234 5678\t\t 9. 9234 5678\n"
    "5. 5234 5678\t\t10. 0234 5678\n"
    "\n"
    "(alice.émile@example.com)\n"
    "\n"
    "* You can only use each backup code once.\n"
    "* Need more? Visit https://g.co/2sv 2025 2026\n"
    "* These codes were generated on: Nov 21, 2026.\n");

const QStringList googleCodes = {
    u"12345678"_s, u"22345678"_s, u"32345678"_s, u"42345678"_s, u"52345678"_s,
    u"62345678"_s, u"72345678"_s, u"82345678"_s, u"92345678"_s, u"02345678"_s,
};

FoundCodes onlyFound(const Result<ImportResult> &result)
{
    if (!result)
        qFatal("nothing found: %d", static_cast<int>(result.error().kind));
    if (result->found.size() != 1)
        qFatal("%d found", static_cast<int>(result->found.size()));
    return result->found.constFirst();
}

FoundCodes found(const QByteArray &text, const QString &fileName = {})
{
    return onlyFound(importText(text, fileName));
}

QByteArray hexCodes(int count, int size)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += QByteArray::number(0x1a2b3c4d5e6f7081LL + i * 0x1111111, 16).left(size) + "\r\n";
    return text;
}

} // namespace

class TestImportText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsGooglesFile();
    void readsColumnsByTheirNumbers();
    void keepsTheOrderOfOddNumbers();
    void readsEveryEncoding_data();
    void readsEveryEncoding();
    void recognizesByFileName_data();
    void recognizesByFileName();
    void recognizesByPattern_data();
    void recognizesByPattern();
    void namesAllServicesThatFit();
    void readsCodesOutOfSentences();
    void ignoresWhatIsNoCode_data();
    void ignoresWhatIsNoCode();
    void marksAreUnsure_data();
    void marksAreUnsure();
    void bulletsAreNoMarks();
    void saysWhatIsOdd();
    void keepsACodeThatNearlyFits();
    void readsAnUnknownService();
    void readsASingleCodeInSeveralLines();
    void readsOurOwnSheet();
    void readsBitLockersFile();
    void readsSetupKeys();
    void followsTheChosenTemplate();
    void leavesOutHiddenCharacters();
    void refuses_data();
    void refuses();
    void readsListsOfAnyLength_data();
    void readsListsOfAnyLength();
};

void TestImportText::readsGooglesFile()
{
    const FoundCodes google = found(googleText.toUtf8(), u"Backup-codes-alice.txt"_s);
    QCOMPARE(google.service, u"google"_s);
    QCOMPARE(google.certainty, Certainty::FileName);
    QCOMPARE(codesOf(google), googleCodes);
    QCOMPARE(google.account, u"alice.émile@example.com"_s);
    QCOMPARE(google.obtained, QDate(2026, 11, 21));
    QVERIFY(google.remarks.isEmpty());
    QVERIFY(google.candidates.isEmpty());

    QCOMPARE(found(googleText.toUtf8()).certainty, Certainty::HeaderWords);
    QCOMPARE(found(googleText.toUtf8()).service, u"google"_s);
}

void TestImportText::readsColumnsByTheirNumbers()
{
    const FoundCodes google = found("Google backup codes\n"
                                    "1. 1234 5678   6. 6789 0123\n"
                                    "2. 2345 6789\t7. 7890 1234\n"
                                    "3. 3456 7890   8. 8901 2345 (used)\n"
                                    "4. 4567 8901   9. 9012 3456\n"
                                    "5. 5678 9012  10. 0123 4567\n");
    QCOMPARE(google.service, u"google"_s);
    QCOMPARE(codesOf(google),
             QStringList({u"12345678"_s, u"23456789"_s, u"34567890"_s, u"45678901"_s, u"56789012"_s,
                          u"67890123"_s, u"78901234"_s, u"?89012345"_s, u"90123456"_s,
                          u"01234567"_s}));
}

void TestImportText::keepsTheOrderOfOddNumbers()
{
    // A number that is there twice, and a code without one.
    const QStringList inOrder{u"23456789"_s, u"12345678"_s, u"34567890"_s};
    QCOMPARE(codesOf(found("Google\n2. 2345 6789\n1. 1234 5678\n1. 3456 7890\n")), inOrder);
    QCOMPARE(codesOf(found("Google\n2. 2345 6789\n1. 1234 5678\n3456 7890\n")), inOrder);
}

void TestImportText::readsEveryEncoding_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QString &text) {
        const auto add = [name](const char *encoding, const QByteArray &bytes) {
            QTest::addRow("%s, %s", encoding, name) << bytes;
        };
        add("UTF-8", text.toUtf8());
        add("UTF-8 with BOM", "\xEF\xBB\xBF" + text.toUtf8());
        add("UTF-16 LE", utf16Of(text, false));
        add("UTF-16 LE with BOM", "\xFF\xFE" + utf16Of(text, false));
        add("UTF-16 BE", utf16Of(text, true));
        add("UTF-16 BE with BOM", "\xFE\xFF" + utf16Of(text, true));
        add("Latin-1", text.toLatin1());
    };
    row("LF", googleText);
    row("CRLF", QString(googleText).replace(u"\n"_s, u"\r\n"_s));
    row("CR", QString(googleText).replace(u"\n"_s, u"\r"_s));
    row("no-break spaces", QString(googleText).replace(u" "_s, u"\u00A0"_s));
}

void TestImportText::readsEveryEncoding()
{
    QFETCH(QByteArray, bytes);
    const FoundCodes google = found(bytes, u"downloads/Backup-codes-alice (1).txt"_s);
    QCOMPARE(google.service, u"google"_s);
    QCOMPARE(codesOf(google), googleCodes);
    QCOMPARE(google.account, u"alice.émile@example.com"_s);
    QCOMPARE(google.obtained, QDate(2026, 11, 21));
    QVERIFY(google.remarks.isEmpty());
}

void TestImportText::recognizesByFileName_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("service");
    QTest::newRow("GitHub") << u"github-recovery-codes.txt"_s
                            << QByteArray("a1b2c-d3e4f\r\n01234-56789\r\nabcde-fabcd\r\n")
                            << u"github"_s;
    QTest::newRow("GitLab") << u"gitlab-recovery-codes.txt"_s << hexCodes(10, 16) << u"gitlab"_s;
    QTest::newRow("PyPI") << u"PyPI-Recovery-Codes-alice-2026-11-21T10_00.txt"_s << hexCodes(8, 16)
                          << u"pypi"_s;
    QTest::newRow("Proton") << u"proton_recovery_codes.txt"_s
                            << QByteArray("a1b2c3d4\r\nqwertzui\r\n12345678\r\n") << u"proton"_s;
    QTest::newRow("Discord") << u"discord_backup_codes.txt"_s
                             << QByteArray("a1b2-c3d4\nqwer-tzui\n") << u"discord"_s;
    QTest::newRow("in other letters")
        << u"GITHUB-RECOVERY-CODES (2).TXT"_s << QByteArray("a1b2c-d3e4f\n") << u"github"_s;
}

void TestImportText::recognizesByFileName()
{
    QFETCH(QString, fileName);
    QFETCH(QByteArray, text);
    QFETCH(QString, service);
    const FoundCodes codes = found(text, fileName);
    QCOMPARE(codes.service, service);
    QCOMPARE(codes.certainty, Certainty::FileName);
    QCOMPARE(codes.codes.size(), text.count('\n'));
    QVERIFY(std::ranges::all_of(codes.codes, &FoundCode::fits));
}

void TestImportText::recognizesByPattern_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("service");
    QTest::newRow("Google") << QByteArray("1234 5678\n2345 6789\n3456 7890") << u"google"_s;
    QTest::newRow("GitHub") << QByteArray("a1b2c-d3e4f\n01234-56789") << u"github"_s;
    QTest::newRow("Discord") << QByteArray("a1b2-z3d4\n0123-wxyz") << u"discord"_s;
    QTest::newRow("Fortify") << QByteArray("aBcDe12345-FgHiJ67890\nZBcDe12345-FgHiJ67890")
                             << u"fortify"_s;
    QTest::newRow("Microsoft") << QByteArray("ABCDE-FGHIJ-KLMNO-PQRST-UVWX1") << u"microsoft"_s;
    QTest::newRow("Apple") << QByteArray("ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ12") << u"apple"_s;
    QTest::newRow("Bitwarden") << QByteArray("A1B2 C3D4 E5F6 G7H8 J9K0 L1M2 N3P4 Q5R6")
                               << u"bitwarden"_s;
    QTest::newRow("Vaultwarden") << QByteArray("SMIP M3G5 Y2F4 YGVB B3PC 2B5L ZAXV F6OT")
                                 << u"vaultwarden"_s;
    QTest::newRow("Signal") << QByteArray("a1b2 ").repeated(16) << u"signal"_s;
    QTest::newRow("BitLocker") << QByteArray(
        "000011-000022-000033-000044-000055-000066-000077-720885")
                               << u"bitlocker"_s;
    QTest::newRow("FileVault") << QByteArray("ABCD-EFGH-IJKL-MNOP-QRST-UVW1") << u"filevault"_s;
}

void TestImportText::recognizesByPattern()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, service);
    const FoundCodes codes = found(text);
    QCOMPARE(codes.service, service);
    QCOMPARE(codes.certainty, Certainty::Pattern);
    QCOMPARE(codes.codes.size(), text.count('\n') + 1);
}

void TestImportText::namesAllServicesThatFit()
{
    const FoundCodes codes = found(hexCodes(10, 16));
    QCOMPARE(codes.service, u"list"_s);
    QCOMPARE(codes.certainty, Certainty::Guess);
    QCOMPARE(codes.candidates, QStringList({u"gitlab"_s, u"pypi"_s, u"mastodon"_s}));
    QVERIFY(codes.remarks.contains(ImportRemark::ServiceAmbiguous));
    QCOMPARE(codes.codes.size(), 10);
}

void TestImportText::readsCodesOutOfSentences()
{
    const FoundCodes codes = found("Your Google codes are 1234 5678, 2345 6789 and 34567890. Keep "
                                   "them until 2027-01-01 (call 0800 123 456 789)!");
    QCOMPARE(codes.service, u"google"_s);
    QCOMPARE(codesOf(codes), QStringList({u"12345678"_s, u"23456789"_s, u"34567890"_s}));
    QCOMPARE(found("Keep your GitHub recovery code a1b2c-d3e4f.").codes.size(), 1);
}

void TestImportText::ignoresWhatIsNoCode_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("a longer run") << QByteArray("1111 2222 3333");
    QTest::newRow("a card number") << QByteArray("4111 1111 1111 1111");
    QTest::newRow("a longer number") << QByteArray("123456789");
    QTest::newRow("a date") << QByteArray("Made on 2026-11-21");
    QTest::newRow("a date without hyphens") << QByteArray("made 20261121 by Google");
    QTest::newRow("two years") << QByteArray("(c) 2025 2026 Google");
    QTest::newRow("a number of the list") << QByteArray("11.");
    QTest::newRow("an email") << QByteArray("12345678@example.com");
    QTest::newRow("a page") << QByteArray("https://example.com/1111-2222");
    QTest::newRow("words") << QByteArray("keep these codes safe");
    QTest::newRow("many marks") << QByteArray("x ").repeated(30'000);
    QTest::newRow("many numbers") << QByteArray("1. ").repeated(20'000);
}

void TestImportText::ignoresWhatIsNoCode()
{
    QFETCH(QByteArray, line);
    const FoundCodes codes = found("Google\n1. 1234 5678\n" + line + "\n2. 2345 6789\n");
    QCOMPARE(codesOf(codes), QStringList({u"12345678"_s, u"23456789"_s}));
}

void TestImportText::marksAreUnsure_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
         {"* a1b2-c3d4", "a1b2-c3d4 *", "a1b2-c3d4 (used)", "a1b2-c3d4 - used",
          "a1b2-c3d4 used 2026-05-04", "a1b2-c3d4 (Used 2026-05-04)", "x a1b2-c3d4", "a1b2-c3d4 x",
          "a1b2-c3d4 X", "[x] a1b2-c3d4", "[X] a1b2-c3d4", "- [x] a1b2-c3d4", "2. [x] a1b2-c3d4",
          "[x] 2. a1b2-c3d4", "~~a1b2-c3d4~~", "\xE2\x9C\x93 a1b2-c3d4", "a1b2-c3d4 \xE2\x9C\x97",
          "\xE2\x98\x91 a1b2-c3d4"})
        QTest::newRow(line) << QByteArray(line);
    QByteArray struck;
    for (const char c : QByteArray("a1b2-c3d4"))
        struck += c + QByteArray("\xCC\xB6");
    QTest::newRow("struck through") << struck;
}

void TestImportText::marksAreUnsure()
{
    QFETCH(QByteArray, line);
    const FoundCodes codes = found("Discord\n[ ] 0123-4567\n" + line + "\n  wxyz-4567 (unused)\n");
    QCOMPARE(codes.service, u"discord"_s);
    QCOMPARE(codesOf(codes).first(2), QStringList({u"01234567"_s, u"?a1b2c3d4"_s}));
    QVERIFY(codes.remarks.contains(ImportRemark::MarksFound));
}

void TestImportText::bulletsAreNoMarks()
{
    const FoundCodes codes = found("Discord\n* a1b2-c3d4\n* 0123-4567\n");
    QCOMPARE(codesOf(codes), QStringList({u"a1b2c3d4"_s, u"01234567"_s}));
    QVERIFY(codes.remarks.contains(ImportRemark::AllMarkedAlike));
    QVERIFY(!codes.remarks.contains(ImportRemark::MarksFound));
}

void TestImportText::saysWhatIsOdd()
{
    const FoundCodes codes = found("Google\n1234 5678\n2345 6789\n12345678\n");
    QCOMPARE(codes.codes.size(), 2);
    QVERIFY(codes.remarks.contains(ImportRemark::UnusualCount));
    QVERIFY(codes.remarks.contains(ImportRemark::DuplicatesDropped));
    QVERIFY(!codes.remarks.contains(ImportRemark::SomeDoNotFit));
}

void TestImportText::keepsACodeThatNearlyFits()
{
    const FoundCodes codes = found("a1b2c-d3e4f\n01234-56O89\nabcd-ef012\n",
                                   u"github-recovery-codes.txt"_s);
    QCOMPARE(codesOf(codes), QStringList({u"a1b2cd3e4f"_s, u"!01234-56O89"_s, u"!abcd-ef012"_s}));
    QVERIFY(codes.remarks.contains(ImportRemark::SomeDoNotFit));
}

void TestImportText::readsAnUnknownService()
{
    const FoundCodes codes = found("Example Ltd, your codes of 21 November 2026\n\n"
                                   "01  ABC-12-X9  3F\n02  DEF-34-Y8  K7\n03  GHI-56-Z7  2M\n");
    QCOMPARE(codes.service, u"list"_s);
    QCOMPARE(codes.certainty, Certainty::Guess);
    QCOMPARE(codesOf(codes), QStringList({u"ABC-12-X9"_s, u"DEF-34-Y8"_s, u"GHI-56-Z7"_s}));
    QCOMPARE(codes.obtained, QDate(2026, 11, 21));
    QCOMPARE(found("Backup code: \n  zq81-kkl9-00xx-12").service, u"single"_s);
}

void TestImportText::readsASingleCodeInSeveralLines()
{
    const FoundCodes bitwarden = found("Bitwarden\nA1B2 C3D4 E5F6 G7H8\nJ9K0 L1M2 N3P4 Q5R6\n");
    QCOMPARE(bitwarden.service, u"bitwarden"_s);
    QCOMPARE(codesOf(bitwarden), QStringList(u"a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6"_s));
    const QByteArray part = "a1b2 c3d4 e5f6 0123\n";
    const FoundCodes signal = found("Signal\n" + part + part + part + part);
    QCOMPARE(signal.service, u"signal"_s);
    QCOMPARE(signal.codes.size(), 1);
}

void TestImportText::readsOurOwnSheet()
{
    const FoundCodes sheet = found("RECOVERY SHEET: BITWARDEN ACCOUNT\nSheet 7K2M-4D\n"
                                   "Printed 2026-11-22\n\nEmail   me@example.org\n\n"
                                   "row 1   SMIP M3G5 Y2F4 YGVB   (check 16)\n"
                                   "row 2   B3PC 2B5L ZAXV F6OT   (check 8M)\n");
    QCOMPARE(codesOf(sheet), QStringList(u"smipm3g5y2f4ygvbb3pc2b5lzaxvf6ot"_s));
    QCOMPARE(sheet.account, u"me@example.org"_s);
    QCOMPARE(sheet.obtained, QDate(2026, 11, 22));
}

void TestImportText::readsBitLockersFile()
{
    const QString text = u"BitLocker Drive Encryption recovery key \r\n\r\nIdentifier:\r\n\r\n"
                         "\t11111111-2222-3333-4444-555555555555\r\n\r\nRecovery Key:\r\n\r\n"
                         "\t000011-000022-000033-000044-000055-000066-000077-720885\r\n"_s;
    const FoundCodes codes = found("\xFF\xFE" + utf16Of(text, false),
                                   u"BitLocker Recovery Key 11111111.TXT"_s);
    QCOMPARE(codes.service, u"bitlocker"_s);
    QCOMPARE(codes.certainty, Certainty::FileName);
    QCOMPARE(codes.codes.size(), 1);
}

void TestImportText::readsSetupKeys()
{
    const auto result =
        importText("otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example\n"
                   "otpauth://totp/1Password:bob?secret=jbswy3dpehpk3pxq&issuer=1Password\n"
                   "otpauth://totp/Broken?secret=1\n"
                   "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example\n",
                   {});
    QVERIFY(result);
    QCOMPARE(result->found.size(), 2);
    QCOMPARE(result->skipped, 1);
    QCOMPARE(result->found[0].service, u"setupKey"_s);
    QCOMPARE(result->found[0].title, u"Example"_s);
    QCOMPARE(result->found[0].account, u"alice"_s);
    QCOMPARE(result->found[1].service, u"1password"_s);
    QCOMPARE(result->found[1].certainty, Certainty::Stated);
    QCOMPARE(codesOf(result->found[1]),
             QStringList(
                 u"otpauth://totp/1Password:bob?secret=JBSWY3DPEHPK3PXQ&issuer=1Password"_s));
}

void TestImportText::followsTheChosenTemplate()
{
    const auto &catalog = ServiceCatalog::shipped();
    const auto proton = recognizeAs(*catalog.find(u"proton"), "12345678\nabcd1234\n");
    QVERIFY(proton);
    QCOMPARE(proton->codes.size(), 2);
    const auto key = recognizeAs(*catalog.find(u"setupKey"), "Setup key: jbsw y3dp ehpk 3pxp\n");
    QVERIFY(key);
    QCOMPARE(codesOf(*key), QStringList(u"otpauth://totp/?secret=JBSWY3DPEHPK3PXP"_s));
    const auto none = recognizeAs(*catalog.find(u"github"), "1234 5678\n");
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::ImportNothingFound);
}

void TestImportText::leavesOutHiddenCharacters()
{
    const FoundCodes codes = found("Google\n1234\xE2\x80\xAE 5678\n2345\x07 6789\n");
    QCOMPARE(codesOf(codes), QStringList({u"12345678"_s, u"23456789"_s}));
    QVERIFY(codes.remarks.contains(ImportRemark::HiddenCharacters));
}

void TestImportText::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("nothing") << QByteArray() << ErrorKind::ImportNothingFound;
    QTest::newRow("blank lines") << QByteArray("\n\r\n\t \n") << ErrorKind::ImportNothingFound;
    QTest::newRow("prose") << QByteArray("Keep these codes in a safe place.\nDo not lose them.")
                           << ErrorKind::ImportNothingFound;
    QTest::newRow("64 KiB of digits")
        << QByteArray(64 * 1024, '7') << ErrorKind::ImportNothingFound;
    QTest::newRow("more than 64 KiB")
        << QByteArray(64 * 1024 + 1, 'x') << ErrorKind::ImportTooLarge;
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)
                               << ErrorKind::ImportNotReadable;
    QTest::newRow("control characters")
        << QByteArray("\x01\x02\x03\x04 1234 5678") << ErrorKind::ImportNotReadable;
}

void TestImportText::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorKind, kind);
    const auto result = importText(bytes, {});
    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
}

void TestImportText::readsListsOfAnyLength_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {1, 2, 50, 1000, 5000})
        QTest::addRow("%d", count) << count;
}

void TestImportText::readsListsOfAnyLength()
{
    QFETCH(int, count);
    QByteArray text = "Google\n";
    for (int i = 0; i < count; ++i)
        text += QByteArray::number(i + 10'000'000) + '\n';
    const FoundCodes codes = found(text);
    QCOMPARE(codes.codes.size(), count);
    QVERIFY(codes.remarks.contains(ImportRemark::UnusualCount));
}

QTEST_GUILESS_MAIN(TestImportText)
#include "tst_importtext.moc"
