// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sheet/servicesheet.h"

#include "core/recovery/checkcharacters.h"
#include "core/servicecatalog/servicecatalog.h"
#include "core/sheet/servicehints.h"
#include "tests/support/servicecodes.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

QByteArray groupText(const Sheet &sheet, const SheetGroup &group)
{
    return sheet.secret.view().sliced(group.offset, group.size).toByteArray();
}

QByteArrayList linesOf(const Sheet &sheet)
{
    QByteArrayList lines;
    for (const SheetLine &line : sheet.lines) {
        QByteArrayList groups;
        for (const SheetGroup &group : line.groups)
            groups.append(groupText(sheet, group));
        lines.append(groups.join('|'));
    }
    return lines;
}

QString textOf(const Sheet &sheet)
{
    return QString::fromUtf8(toPlainText(sheet).view());
}

Sheet listOf(const std::vector<SheetCode> &codes,
             const ServiceSheetSubject &subject = ServiceCodes::google(),
             const SheetOptions &options = {})
{
    auto sheet = makeListSheet(codes, subject, options);
    return sheet ? std::move(*sheet) : Sheet{};
}

Sheet singleOf(const QByteArray &display, const ServiceSheetSubject &subject)
{
    auto sheet = makeSingleCodeSheet(ServiceCodes::code(display, display), subject, {});
    return sheet ? std::move(*sheet) : Sheet{};
}

Sheet setUpOf(const QByteArray &uri, const SheetOptions &options = {})
{
    auto sheet = makeServiceSetupSheet(SecureBuffer::copyOf(uri), ServiceCodes::onePassword(),
                                       options);
    return sheet ? std::move(*sheet) : Sheet{};
}

} // namespace

class TestServiceSheets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersTheCodesOfAList();
    void checksEachCodeWithItsNumber();
    void strikesUsedCodes();
    void saysWhenANewSetIsDue_data();
    void saysWhenANewSetIsDue();
    void namesTheSet();
    void putsTheUnusedCodesIntoTheQrCode();
    void saysWhyThereIsNoQrCode();
    void saysWhereToUseCodesAndWhereToGetNewOnes();
    void wrapsALongCodeBetweenItsGroups();
    void refusesMoreThanAThousandCodes();
    void writesAListAsText();
    void keepsTheGroupsOfASingleCode_data();
    void keepsTheGroupsOfASingleCode();
    void breaksOnlyWhatIsWiderThanALine();
    void tellsWhetherACodeCanBeUsedAgain();
    void showsWhatWouldDeceive();
    void explainsCaseAndLookAlikes();
    void leavesTheAccountOut();
    void leavesOutAnAddressThatIsTooLong();
    void keepsANameOf300Characters();
    void setsUpAnAuthenticatorOfAnyService();
    void describesTheFormOfASetupKey_data();
    void describesTheFormOfASetupKey();
    void leavesTheAccountOutOfTheSetupQrCode();
    void printsAnUnusualSetupKeyAsItIs();
    void refusesASetupKeyThatFillsTheQrCode();
    void warnsOfWhatIsSpecialAboutAService_data();
    void warnsOfWhatIsSpecialAboutAService();
    void hasHintsForKnownServicesOnly();
    void namesFilesWithoutTheService();
};

void TestServiceSheets::numbersTheCodesOfAList()
{
    const Sheet sheet = listOf(ServiceCodes::numbers(50));
    QCOMPARE(sheet.kind, SheetKind::CodeList);
    QCOMPARE(sheet.rows.size(), 50);
    QCOMPARE(sheet.rows.first().number, 1);
    QCOMPARE(sheet.rows.last().number, 50);
    QCOMPARE(sheet.rows[1].lines.size(), 1);
    QCOMPARE(groupText(sheet, sheet.rows[1].lines[0]), "1001 0014"_ba);
    QVERIFY(!sheet.pageLine.isEmpty());
}

void TestServiceSheets::checksEachCodeWithItsNumber()
{
    const Sheet sheet = listOf(ServiceCodes::numbers(12));
    QCOMPARE(sheet.rows[0].check, *checkCharacters("110000007"));
    QCOMPARE(sheet.rows[11].check, *checkCharacters("1210110084"));
    std::vector<SheetCode> codes;
    codes.push_back(ServiceCodes::code("ab12c-d34ef", "ab12c-d34ef"));
    codes.push_back(ServiceCodes::code("pass!word", "pass!word"));
    const Sheet mixed = listOf(codes);
    QCOMPARE(mixed.rows[0].check, *checkCharacters("1AB12CD34EF"));
    QCOMPARE(mixed.rows[1].check, QString());
    QVERIFY(!mixed.checkLegend.isEmpty());
}

void TestServiceSheets::strikesUsedCodes()
{
    auto codes = ServiceCodes::numbers(3);
    codes[0].state = SheetCodeState::Used;
    codes[0].usedOn = QDate(2026, 5, 9);
    codes[1].state = SheetCodeState::Unsure;
    const Sheet sheet = listOf(codes);
    QCOMPARE(sheet.rows[0].state, SheetCodeState::Used);
    QCOMPARE(sheet.rows[0].mark, u"used 2026-05-09"_s);
    QCOMPARE(sheet.rows[1].mark, u"maybe used"_s);
    QCOMPARE(sheet.rows[2].mark, QString());
}

void TestServiceSheets::saysWhenANewSetIsDue_data()
{
    QTest::addColumn<int>("codes");
    QTest::addColumn<bool>("voids");
    QTest::addColumn<QString>("rule");
    QTest::newRow("enough") << 10 << true
                            << u"At 3 left, make a new set: all codes here stop working."_s;
    QTest::newRow("few") << 3 << true
                         << u"Few codes are left. Make a new set: all codes here stop working."_s;
    QTest::newRow("old ones stay") << 10 << false << u"At 3 left, make new codes."_s;
}

void TestServiceSheets::saysWhenANewSetIsDue()
{
    QFETCH(int, codes);
    QFETCH(bool, voids);
    ServiceSheetSubject subject = ServiceCodes::google();
    subject.newSetVoidsOld = voids;
    QTEST(listOf(ServiceCodes::numbers(codes), subject).rule, "rule");
}

void TestServiceSheets::namesTheSet()
{
    auto codes = ServiceCodes::numbers(10);
    codes[4].state = SheetCodeState::Used;
    const Sheet sheet = listOf(codes);
    QCOMPARE(sheet.title, u"Recovery sheet: Google"_s);
    QCOMPARE(sheet.facts[0].value, u"me@example.org"_s);
    QCOMPARE(sheet.facts[1].value, u"9 of 10 unused, obtained 2026-05-04"_s);
    ServiceSheetSubject undated = ServiceCodes::google();
    undated.obtained = QDate();
    QCOMPARE(listOf(codes, undated).facts[1].value, u"9 of 10 unused"_s);
}

void TestServiceSheets::putsTheUnusedCodesIntoTheQrCode()
{
    auto codes = ServiceCodes::numbers(4);
    codes[1].state = SheetCodeState::Used;
    codes[2].state = SheetCodeState::Unsure;
    QCOMPARE(listOf(codes).qrContent.view(), QByteArrayView("10000007\n10020021\n10030028"));
    const SheetOptions without{.qrCodes = false};
    QVERIFY(listOf(codes, ServiceCodes::google(), without).qrContent.isEmpty());
    QVERIFY(listOf(codes, ServiceCodes::google(), without).qrNote.isEmpty());
}

void TestServiceSheets::saysWhyThereIsNoQrCode()
{
    const Sheet fits = listOf(ServiceCodes::numbers(50));
    QVERIFY(!fits.qrContent.isEmpty());
    QVERIFY(fits.qrNote.isEmpty());
    const Sheet many = listOf(ServiceCodes::numbers(200));
    QVERIFY(many.qrContent.isEmpty());
    QVERIFY(many.qrNote.contains(u"too many"_s));
    auto used = ServiceCodes::numbers(2);
    used[0].state = used[1].state = SheetCodeState::Used;
    QVERIFY(listOf(used).qrContent.isEmpty());
    QVERIFY(listOf(used).qrNote.contains(u"all codes were used"_s));
}

void TestServiceSheets::saysWhereToUseCodesAndWhereToGetNewOnes()
{
    const Sheet sheet = listOf(ServiceCodes::numbers(10));
    QCOMPARE(sheet.steps.first().address, u"https://accounts.google.com/"_s);
    QCOMPARE(sheet.steps.last().address, ServiceCodes::google().newCodesAddress);
    QVERIFY(sheet.steps[1].text.contains(u"Try another way"_s));
    ServiceSheetSubject unknown{.service = u"Chess club"_s};
    const Sheet plain = listOf(ServiceCodes::numbers(10), unknown);
    for (const SheetStep &step : plain.steps) {
        QVERIFY(step.address.isEmpty());
        QVERIFY2(!step.text.endsWith(u':'), qPrintable(step.text));
    }
}

void TestServiceSheets::wrapsALongCodeBetweenItsGroups()
{
    const QByteArray words = "anchor-basket-copper-dragon-ember-falcon-garden-harbor";
    std::vector<SheetCode> codes;
    codes.push_back(ServiceCodes::code(words, words));
    codes.push_back(ServiceCodes::code(QByteArray(64, 'x'), QByteArray(64, 'x')));
    const Sheet sheet = listOf(codes);
    QCOMPARE(sheet.rows[0].lines.size(), 2);
    QCOMPARE(groupText(sheet, sheet.rows[0].lines[0]), "anchor-basket-copper-dragon-ember-"_ba);
    QCOMPARE(groupText(sheet, sheet.rows[0].lines[1]), "falcon-garden-harbor"_ba);
    QCOMPARE(groupText(sheet, sheet.rows[1].lines[0]), QByteArray(40, 'x'));
    QCOMPARE(groupText(sheet, sheet.rows[1].lines[1]), QByteArray(24, 'x'));
    QVERIFY(!sheet.breakLegend.isEmpty());
}

void TestServiceSheets::refusesMoreThanAThousandCodes()
{
    QVERIFY(makeListSheet(ServiceCodes::numbers(1000), ServiceCodes::google(), {}).has_value());
    const auto refused = makeListSheet(ServiceCodes::numbers(1001), ServiceCodes::google(), {});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::CodeTooLong);
    std::vector<SheetCode> huge;
    huge.push_back(ServiceCodes::code(QByteArray(513, 'x'), "x"));
    QVERIFY(!makeListSheet(huge, ServiceCodes::google(), {}).has_value());
}

void TestServiceSheets::writesAListAsText()
{
    auto codes = ServiceCodes::numbers(10);
    codes[2].state = SheetCodeState::Used;
    codes[2].usedOn = QDate(2026, 6, 1);
    const Sheet sheet = listOf(codes);
    const QString text = textOf(sheet);
    QVERIFY2(text.startsWith(u"RECOVERY SHEET: GOOGLE\nSheet "_s), qPrintable(text));
    QVERIFY2(text.contains(u"\n[ ]   1   1000 0007   (check %1)\n"_s.arg(sheet.rows[0].check)),
             qPrintable(text));
    QVERIFY2(text.contains(u"\n[x]   3   1002 0021   (check %1, used 2026-06-01)\n"_s.arg(
                 sheet.rows[2].check)),
             qPrintable(text));
    QVERIFY(text.contains(sheet.rule));
    for (const QString &line : text.split(u'\n'))
        QVERIFY2(line.size() <= 78, qPrintable(line));
}

void TestServiceSheets::keepsTheGroupsOfASingleCode_data()
{
    QTest::addColumn<QByteArray>("display");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::addColumn<bool>("dense");
    QTest::newRow("Microsoft") << ServiceCodes::microsoftCode().display.view().toByteArray()
                               << QByteArrayList{"A1B2C-D3E4F-G5H6J-", "K7L8M-N9P0Q"} << false;
    QTest::newRow("Apple") << ServiceCodes::appleKey().display.view().toByteArray()
                           << QByteArrayList{"A1B2-C3D4-E5F6-G7H8-", "J9K0-L1M2-N3P4"} << false;
    QTest::newRow("BitLocker") << "111111-222222-333333-444444-555555-666666-777777-888888"_ba
                               << QByteArrayList{"111111-222222-333333-444444-",
                                                 "555555-666666-777777-888888"}
                               << true;
    QTest::newRow("Signal, even lines")
        << "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll"_ba
        << QByteArrayList{"aaaa|bbbb|cccc|dddd", "eeee|ffff|gggg|hhhh", "iiii|jjjj|kkkk|llll"}
        << true;
    QTest::newRow("short") << "secret"_ba << QByteArrayList{"secret"} << false;
}

void TestServiceSheets::keepsTheGroupsOfASingleCode()
{
    QFETCH(QByteArray, display);
    QFETCH(QByteArrayList, lines);
    QFETCH(bool, dense);
    const Sheet sheet = singleOf(display, ServiceCodes::microsoft());
    QCOMPARE(sheet.kind, SheetKind::ServiceCode);
    QCOMPARE(linesOf(sheet), lines);
    QVERIFY(sheet.grouped);
    QCOMPARE(sheet.dense, dense);
    QVERIFY(sheet.breakLegend.isEmpty());
}

void TestServiceSheets::breaksOnlyWhatIsWiderThanALine()
{
    const Sheet sheet = singleOf(QByteArray(64, 'f'), ServiceCodes::microsoft());
    QVERIFY(!sheet.grouped);
    QCOMPARE(linesOf(sheet), (QByteArrayList{QByteArray(32, 'f'), QByteArray(32, 'f')}));
    QVERIFY(!sheet.breakLegend.isEmpty());
    // A Chinese letter is as wide as two Latin ones.
    const Sheet wide = singleOf(QByteArray("\u5f20").repeated(20), ServiceCodes::microsoft());
    QCOMPARE(linesOf(wide).first(), QByteArray("\u5f20").repeated(16));
    QVERIFY(!makeSingleCodeSheet(ServiceCodes::code(QByteArray(513, 'f'), "f"),
                                 ServiceCodes::microsoft(), {}));
}

void TestServiceSheets::tellsWhetherACodeCanBeUsedAgain()
{
    const auto once = makeSingleCodeSheet(ServiceCodes::microsoftCode(), ServiceCodes::microsoft(),
                                          {});
    const auto again = makeSingleCodeSheet(ServiceCodes::appleKey(), ServiceCodes::apple(), {});
    QVERIFY(once.has_value() && again.has_value());
    QVERIFY(once->secretHeading.contains(u"works once"_s));
    QVERIFY(once->rule.startsWith(u"Once used"_s));
    QCOMPARE(once->boxes.size(), 2);
    QVERIFY(again->secretHeading.contains(u"can be used again"_s));
    QVERIFY(!again->rule.startsWith(u"Once used"_s));
    QCOMPARE(again->boxes.size(), 1);
    QCOMPARE(once->qrContent.view(), QByteArrayView("A1B2CD3E4FG5H6JK7L8MN9P0Q"));
    QCOMPARE(once->pageQrContent, ServiceCodes::microsoft().useAddress);
}

void TestServiceSheets::showsWhatWouldDeceive()
{
    const Sheet single = singleOf("abc\u202Edef", ServiceCodes::microsoft());
    QCOMPARE(single.secret.view(), QByteArrayView("abc\\u{202E}def"));
    std::vector<SheetCode> codes;
    codes.push_back(ServiceCodes::code("12\x01"
                                       "34",
                                       "12\x01"
                                       "34"));
    QCOMPARE(listOf(codes).secret.view(), QByteArrayView("12\\u{1}34"));
    ServiceSheetSubject subject = ServiceCodes::microsoft();
    subject.service = u"Bank\u202Exe"_s;
    QCOMPARE(singleOf("secret99", subject).title, u"Recovery sheet: Bank xe"_s);
}

void TestServiceSheets::explainsCaseAndLookAlikes()
{
    const Sheet digits = listOf(ServiceCodes::numbers(10));
    QVERIFY(digits.glyphs.isEmpty());
    QVERIFY(digits.formNote.isEmpty());
    const Sheet mixed = singleOf("aB0l-x1Ok", ServiceCodes::microsoft());
    QStringList glyphs;
    for (const SheetFact &glyph : mixed.glyphs)
        glyphs.append(glyph.label);
    QCOMPARE(glyphs, (QStringList{u"0"_s, u"O"_s, u"1"_s, u"l"_s}));
    QVERIFY(mixed.formNote.contains(u"capital letters"_s));
}

void TestServiceSheets::leavesTheAccountOut()
{
    const SheetOptions options{.email = false};
    const Sheet sheet = listOf(ServiceCodes::numbers(10), ServiceCodes::google(), options);
    QCOMPARE(sheet.facts[0].value, QString());
    QVERIFY(!textOf(sheet).contains(u"me@example.org"_s));
}

void TestServiceSheets::leavesOutAnAddressThatIsTooLong()
{
    ServiceSheetSubject subject = ServiceCodes::microsoft();
    subject.useAddress = u"https://example.org/"_s + QString(500, u'a');
    const auto sheet = makeSingleCodeSheet(ServiceCodes::microsoftCode(), subject, {});
    QVERIFY(sheet.has_value());
    QVERIFY(sheet->pageQrContent.isEmpty());
    QVERIFY(sheet->steps.first().address.isEmpty());
    QVERIFY(!sheet->steps.first().text.endsWith(u':'));
}

void TestServiceSheets::keepsANameOf300Characters()
{
    ServiceSheetSubject subject = ServiceCodes::google();
    subject.service = QString(300, u'W');
    subject.account = QString(300, u'm');
    const Sheet sheet = listOf(ServiceCodes::numbers(10), subject);
    QVERIFY(sheet.title.endsWith(subject.service));
    QCOMPARE(sheet.facts[0].value, subject.account);
}

void TestServiceSheets::setsUpAnAuthenticatorOfAnyService()
{
    const Sheet sheet = setUpOf(ServiceCodes::setupUri());
    QCOMPARE(sheet.kind, SheetKind::ServiceSetupKey);
    QCOMPARE(sheet.title, u"Setup sheet: 1Password"_s);
    QCOMPARE(linesOf(sheet), (QByteArrayList{"JBSW|Y3DP|EHPK|3PXP", "JBSW|Y3DP|EH"}));
    QCOMPARE(sheet.qrContent.view(), QByteArrayView(ServiceCodes::setupUri()));
    QVERIFY(sheet.purpose.contains(u"Anyone who has this sheet can create your codes"_s));
    QVERIFY(!textOf(sheet).contains(u"master password"_s));
}

void TestServiceSheets::describesTheFormOfASetupKey_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QString>("form");
    const QByteArray key = "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP";
    QTest::newRow("usual") << key << u"TOTP, 6 digits, 30 seconds, SHA-1"_s;
    QTest::newRow("all other") << key + "&algorithm=SHA512&digits=8&period=60"
                               << u"TOTP, 8 digits, 60 seconds, SHA-512"_s;
    QTest::newRow("counter") << "otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=3"_ba
                             << u"HOTP, 6 digits, SHA-1"_s;
    QTest::newRow("Steam") << key + "&encoder=steam"
                           << u"TOTP of Steam, five letters, 30 seconds"_s;
}

void TestServiceSheets::describesTheFormOfASetupKey()
{
    QFETCH(QByteArray, uri);
    QTEST(setUpOf(uri).facts.last().value, "form");
}

void TestServiceSheets::leavesTheAccountOutOfTheSetupQrCode()
{
    const Sheet sheet = setUpOf(ServiceCodes::setupUri(), SheetOptions{.email = false});
    QCOMPARE(sheet.qrContent.view(),
             QByteArrayView("otpauth://totp/1Password?secret=JBSWY3DPEHPK3PXPJBSWY3DPEH"
                            "&issuer=1Password"));
    QVERIFY(!textOf(sheet).contains(u"example.org"_s));
}

void TestServiceSheets::printsAnUnusualSetupKeyAsItIs()
{
    const Sheet sheet = setUpOf("key=JBSW&step=30");
    QCOMPARE(sheet.secret.view(), QByteArrayView("key=JBSW&step=30"));
    QCOMPARE(sheet.qrContent.view(), QByteArrayView("key=JBSW&step=30"));
    QVERIFY(sheet.formNote.contains(u"unusual"_s));
}

void TestServiceSheets::refusesASetupKeyThatFillsTheQrCode()
{
    const QByteArray uri = "otpauth://totp/" + QByteArray(600, 'a') + "?secret=JBSWY3DPEHPK3PXP";
    const auto refused = makeServiceSetupSheet(SecureBuffer::copyOf(uri),
                                               ServiceCodes::onePassword(), {});
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, ErrorKind::CodeTooLong);
}

void TestServiceSheets::warnsOfWhatIsSpecialAboutAService_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("words");
    QTest::newRow("Apple") << u"apple"_s << u"trusted phone number"_s;
    QTest::newRow("1Password") << u"1password"_s << u"apart from the Emergency Kit"_s;
    QTest::newRow("Bitwarden") << u"bitwarden"_s << u"master password"_s;
}

void TestServiceSheets::warnsOfWhatIsSpecialAboutAService()
{
    QFETCH(QString, service);
    QFETCH(QString, words);
    ServiceSheetSubject subject = ServiceCodes::apple();
    subject.serviceId = service;
    const Sheet sheet = singleOf("A1B2-C3D4", subject);
    QVERIFY2(sheet.notes.join(u' ').contains(words), qPrintable(sheet.notes.join(u' ')));
    QVERIFY(textOf(sheet).simplified().contains(words));
}

void TestServiceSheets::hasHintsForKnownServicesOnly()
{
    qsizetype services = 0;
    for (const ServiceTemplate &service : ServiceCatalog::shipped().services()) {
        const ServiceHints hints = serviceHints(service.id);
        services += hints.notes.isEmpty() && hints.howToEnter.isEmpty() ? 0 : 1;
    }
    // Each id that the hints name is in the catalog.
    QCOMPARE(services, 10);
    QVERIFY(serviceHints(u"nobody"_s).notes.isEmpty());
}

void TestServiceSheets::namesFilesWithoutTheService()
{
    const Sheet list = listOf(ServiceCodes::numbers(3));
    QCOMPARE(suggestedFileName(list, u"pdf"_s), u"recovery-sheet-"_s + list.sheetId + u".pdf"_s);
    const Sheet setUp = setUpOf(ServiceCodes::setupUri());
    QCOMPARE(suggestedFileName(setUp, u"txt"_s), u"setup-sheet-"_s + setUp.sheetId + u".txt"_s);
}

QTEST_GUILESS_MAIN(TestServiceSheets)
#include "tst_servicesheets.moc"
