// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/otpauthkey.h"
#include "core/servicecatalog/servicecatalog.h"
#include "core/servicecatalog/shippedservices.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr int Values = 1000;

const ServiceTemplate &service(QStringView id)
{
    const ServiceTemplate *found = ServiceCatalog::shipped().find(id);
    if (!found)
        qFatal("no template %s", qPrintable(id.toString()));
    return *found;
}

QByteArray randomFrom(QByteArrayView characters, qsizetype size, QRandomGenerator &random)
{
    QByteArray text;
    for (qsizetype i = 0; i < size; ++i)
        text.append(characters[random.bounded(static_cast<int>(characters.size()))]);
    return text;
}

// A normalized code, as the service could have made it.
QByteArray randomCode(const ServiceTemplate &service, QRandomGenerator &random)
{
    const QByteArray visible = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+";
    if (service.bitLockerBlocks) {
        QByteArray code;
        for (int i = 0; i < 8; ++i)
            code += QByteArray::number(random.bounded(65536) * 11).rightJustified(6, '0');
        return code;
    }
    switch (service.content) {
    case CodeContent::Characters:
        return randomFrom(service.characters, random.bounded(service.shortest, service.longest + 1),
                          random);
    case CodeContent::Line: {
        QByteArray line = randomFrom(visible, random.bounded(4, 65), random);
        for (int more = random.bounded(16); more > 0; --more)
            line += ' ' + randomFrom(visible, random.bounded(1, 17), random);
        return line;
    }
    case CodeContent::Text: {
        QByteArray text = randomFrom(visible, random.bounded(8, 200), random);
        for (int more = random.bounded(20); more > 0; --more)
            text += ' '
                + QString::fromUtf8("Ünïcode ключ 鍵").section(u' ', more % 3, more % 3).toUtf8();
        return text;
    }
    case CodeContent::SetupKey:
        return "otpauth://totp/Name%20x:" + randomFrom("abc", 3, random) + "%40example.org?secret="
            + randomFrom("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", random.bounded(16, 104), random)
            + "&issuer=Name%20x";
    }
    return {};
}

// What a page, a printer or a person makes of a code that is shown.
QByteArray enteredLike(const ServiceTemplate &service, QByteArrayView shown,
                       QRandomGenerator &random)
{
    QByteArray entered = random.bounded(2) == 1 ? QByteArray(" ") : QByteArray();
    if (!service.removesSpaces && service.content == CodeContent::Characters)
        entered.clear();
    for (char c : shown) {
        if (service.letters != LetterCase::Kept && random.bounded(2) == 1)
            c = QByteArray(1, c).toUpper() == QByteArray(1, c) ? QByteArray(1, c).toLower()[0]
                                                               : QByteArray(1, c).toUpper()[0];
        if (c == '-' && service.removesHyphens && random.bounded(2) == 1)
            entered += "\xE2\x80\x93"; // en dash
        else if (c == ' ' && random.bounded(2) == 1)
            entered += "\xC2\xA0"; // no-break space
        else
            entered += c;
    }
    return entered;
}

QByteArray rowWith(const QByteArray &changed)
{
    QByteArray row = "{";
    const QList<std::pair<QByteArray, QByteArray>> members = {
        {"id", "\"x\""},
        {"name", "\"X\""},
        {"form", "\"codeList\""},
        {"count", "10"},
        {"characters", "\"0-9a-f\""},
        {"length", "[8, 8]"},
        {"letters", "\"lower\""},
        {"remove", "[\"hyphens\"]"},
        {"group", "4"},
        {"separator", "\"-\""},
    };
    for (const auto &[name, value] : members) {
        if (!changed.startsWith(QByteArray('"' + name + '"')))
            row += '"' + name + "\": " + value + ", ";
    }
    return row + (changed.contains(':') ? changed : QByteArray("\"reusable\": false")) + "}";
}

QByteArray catalogWith(const QByteArray &row)
{
    return "[" + row + R"(,
        {"id": "list", "name": "List", "form": "codeList", "content": "line", "length": [4, 319]},
        {"id": "single", "name": "Single", "form": "singleCode", "count": 1, "content": "text",
         "length": [8, 512]},
        {"id": "setupKey", "name": "Setup key", "form": "setupKey", "count": 1}])";
}

} // namespace

class TestServiceCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedServicesAreValid();
    void everyServiceOfTheTableHasATemplate();
    void shownCodesAreReadAgain_data();
    void shownCodesAreReadAgain();
    void showsCodesAsTheServiceDoes_data();
    void showsCodesAsTheServiceDoes();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void namesTheServiceInABareSetupKey();
    void unknownServiceIsGeneric();
    void aGoodRowIsRead();
    void aBrokenRowIsRefused_data();
    void aBrokenRowIsRefused();
    void aBrokenFileIsRefused_data();
    void aBrokenFileIsRefused();
};

void TestServiceCatalog::shippedServicesAreValid()
{
    const auto catalog = readServiceCatalog(shippedServices);
    QVERIFY2(catalog.has_value(), catalog ? "" : qPrintable(catalog.error()));
    QCOMPARE(ServiceCatalog::shipped().services().size(), catalog->services().size());
    QSet<QString> words;
    for (const auto &service : catalog->services()) {
        if (service.headerWords.isEmpty())
            QVERIFY(service.isGeneric() || service.id == "1password-account"_L1);
        for (const QString &word : service.headerWords) {
            QVERIFY2(!words.contains(word), qPrintable(word));
            words.insert(word);
        }
    }
}

void TestServiceCatalog::everyServiceOfTheTableHasATemplate()
{
    QStringList ids;
    for (const auto &service : ServiceCatalog::shipped().services())
        ids.append(service.id);
    const QStringList expected = {
        u"bitwarden"_s, u"vaultwarden"_s, u"google"_s,    u"microsoft"_s,
        u"apple"_s,     u"github"_s,      u"gitlab"_s,    u"pypi"_s,
        u"proton"_s,    u"discord"_s,     u"nextcloud"_s, u"mastodon"_s,
        u"fortify"_s,   u"signal"_s,      u"1password"_s, u"1password-account"_s,
        u"bitlocker"_s, u"filevault"_s,   u"list"_s,      u"single"_s,
        u"setupKey"_s,
    };
    QCOMPARE(ids, expected);
}

void TestServiceCatalog::shownCodesAreReadAgain_data()
{
    QTest::addColumn<QString>("id");
    for (const auto &service : ServiceCatalog::shipped().services())
        QTest::newRow(qPrintable(service.id)) << service.id;
}

void TestServiceCatalog::shownCodesAreReadAgain()
{
    QFETCH(QString, id);
    const ServiceTemplate &service = ::service(id);
    QRandomGenerator random(4711);
    for (int i = 0; i < Values; ++i) {
        const QByteArray code = randomCode(service, random);
        const auto stored = normalizedCode(service, code);
        QVERIFY2(stored, code.constData());
        QCOMPARE(stored->view().toByteArray(), code);

        const SecureBuffer shown = displayCode(service, stored->view());
        const auto again = normalizedCode(service, shown.view());
        QVERIFY2(again, shown.view().toByteArray().constData());
        if (service.content == CodeContent::SetupKey) {
            // The key alone is shown.
            QCOMPARE(otpauthKeyFrom(again->view())->key.view(), otpauthKeyFrom(code)->key.view());
        } else {
            QCOMPARE(again->view().toByteArray(), code);
            const QByteArray entered = enteredLike(service, shown.view(), random);
            const auto typed = normalizedCode(service, entered);
            QVERIFY2(typed, entered.constData());
            QCOMPARE(typed->view().toByteArray(), code);
        }
    }
}

void TestServiceCatalog::showsCodesAsTheServiceDoes_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("entered");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char *id, const char *entered, const char *shown) {
        QTest::newRow(id) << QString::fromLatin1(id) << QByteArray(entered) << QByteArray(shown);
    };
    row("bitwarden", "a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6", "A1B2 C3D4 E5F6 G7H8 J9K0 L1M2 N3P4 Q5R6");
    row("google", "12345678", "1234 5678");
    row("microsoft", "abcde fghij klmno pqrst uvwx1", "ABCDE-FGHIJ-KLMNO-PQRST-UVWX1");
    row("apple", "abcdefghijklmnopqrstuvwxyz12", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ12");
    row("github", "A1B2CD3E4F", "a1b2c-d3e4f");
    row("gitlab", "00ff00ff00ff00FF", "00ff00ff00ff00ff");
    row("discord", "AbCd1234", "abcd-1234");
    row("fortify", "aBcDe12345FgHiJ67890", "aBcDe12345-FgHiJ67890");
    row("bitlocker", "000011000022000033000044000055000066000077720885",
        "000011-000022-000033-000044-000055-000066-000077-720885");
    row("setupKey", "otpauth://totp/x?secret=jbswy3dpehpk3pxp", "JBSW Y3DP EHPK 3PXP");
    row("list", "  correct \t horse  ", "correct horse");
}

void TestServiceCatalog::showsCodesAsTheServiceDoes()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, entered);
    QFETCH(QByteArray, shown);
    const auto code = normalizedCode(service(id), entered);
    QVERIFY(code);
    QCOMPARE(displayCode(service(id), code->view()).view().toByteArray(), shown);
}

void TestServiceCatalog::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("entered");
    const auto row = [](const char *name, const char *id, const QByteArray &entered) {
        QTest::newRow(name) << QString::fromLatin1(id) << entered;
    };
    row("nothing", "google", "");
    row("a digit too few", "google", "1234 567");
    row("a digit too many", "google", "1234 56789");
    row("64 KiB of digits", "google", QByteArray(64 * 1024, '1'));
    row("a letter among digits", "google", "1234 567a");
    row("a letter that is not hexadecimal", "github", "a1b2c-d3e4g");
    row("a digit that base32 lacks", "vaultwarden", QByteArray(31, 'A') + "1");
    row("spaces that do not belong to the code", "github", "a1b2c d3e4f");
    row("no UTF-8", "google", "1234 567\xFF");
    row("a BitLocker block that is no multiple of 11", "bitlocker", QByteArray(47, '0') + "1");
    row("a BitLocker block that is too large", "bitlocker", QByteArray(42, '0') + "720896");
    row("a direction override", "list",
        "abcd\xE2\x80\xAE"
        "efgh");
    row("a control character", "list", "abcd\x1B[2J");
    row("17 words", "list", QByteArray("word ").repeated(17));
    row("a short line", "list", "abc");
    row("a short text", "single", "1234567");
    row("a long text", "single", QByteArray(513, 'x'));
    row("a short setup key", "setupKey", "JBSW Y3DP");
    row("a URI without a key", "setupKey", "otpauth://totp/x?secret=");
}

void TestServiceCatalog::refusesWhatDoesNotFit()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, entered);
    QVERIFY(!normalizedCode(service(id), entered));
}

void TestServiceCatalog::namesTheServiceInABareSetupKey()
{
    const auto known = normalizedCode(service(u"1password"), "jbsw y3dp ehpk 3pxp");
    QVERIFY(known);
    QCOMPARE(known->view(), "otpauth://totp/1Password?secret=JBSWY3DPEHPK3PXP&issuer=1Password");
    const auto generic = normalizedCode(service(u"setupKey"), "jbsw y3dp ehpk 3pxp");
    QVERIFY(generic);
    QCOMPARE(generic->view(), "otpauth://totp/?secret=JBSWY3DPEHPK3PXP");
}

void TestServiceCatalog::unknownServiceIsGeneric()
{
    const auto &catalog = ServiceCatalog::shipped();
    QVERIFY(!catalog.find(u"nobody"));
    QCOMPARE(catalog.findOrGeneric(u"nobody", SecretForm::CodeList).id, u"list"_s);
    QCOMPARE(catalog.findOrGeneric(u"nobody", SecretForm::SingleCode).id, u"single"_s);
    QCOMPARE(catalog.findOrGeneric(u"nobody", SecretForm::SetupKey).id, u"setupKey"_s);
    QCOMPARE(catalog.findOrGeneric(u"google", SecretForm::SingleCode).id, u"google"_s);
}

void TestServiceCatalog::aGoodRowIsRead()
{
    const auto catalog = readServiceCatalog(catalogWith(rowWith("")));
    QVERIFY2(catalog.has_value(), catalog ? "" : qPrintable(catalog.error()));
    const ServiceTemplate *x = catalog->find(u"x");
    QVERIFY(x);
    QCOMPARE(x->characters, QByteArray("0123456789abcdef"));
    QCOMPARE(x->usualCount, 10);
    QVERIFY(!x->isGeneric());
    QVERIFY(catalog->find(u"list")->isGeneric());
}

void TestServiceCatalog::aBrokenRowIsRefused_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("member");
    const auto row = [](const QByteArray &changed, const char *member) {
        QTest::newRow(changed.constData()) << rowWith(changed) << QString::fromLatin1(member);
    };
    row(R"("form": "unknown")", "form");
    row(R"("form": 1)", "form");
    row(R"("id": "")", "id");
    row(R"("name": 7)", "name");
    row(R"("count": 0)", "count");
    row(R"("count": 51)", "count");
    row(R"("count": "10")", "count");
    row(R"("count": 1.5)", "count");
    row(R"("reusable": "no")", "reusable");
    row(R"("newCodesAddress": "http://example.org/")", "newCodesAddress");
    row(R"("useAddress": "javascript:x")", "useAddress");
    row(R"("fileNames": [])", "fileNames");
    row(R"("fileNames": "x.txt")", "fileNames");
    row(R"("headerWords": ["Upper"])", "headerWords");
    row(R"("characters": "9-0")", "characters");
    row(R"("characters": "0-9a")", "characters");
    row(R"("characters": "A-Z")", "characters");
    row(R"("length": [8])", "length");
    row(R"("length": [9, 8])", "length");
    row(R"("length": [0, 8])", "length");
    row(R"("length": [8, 100000])", "length");
    row(R"("letters": "small")", "letters");
    row(R"("remove": ["dots"])", "remove");
    row(R"("group": 8)", "group");
    row(R"("separator": " ")", "separator");
    row(R"("separator": "/")", "separator");
    row(R"("check": "bitLocker")", "check");
    row(R"("check": "luhn")", "check");
    row(R"("patern": "x")", "patern");
}

void TestServiceCatalog::aBrokenRowIsRefused()
{
    QFETCH(QByteArray, row);
    QFETCH(QString, member);
    const auto catalog = readServiceCatalog(catalogWith(row));
    QVERIFY(!catalog);
    QVERIFY2(catalog.error().endsWith(": "_L1 + member), qPrintable(catalog.error()));
}

void TestServiceCatalog::aBrokenFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("services");
    QTest::newRow("an object") << QByteArray("{}");
    QTest::newRow("no generic templates") << QByteArray("[" + rowWith("") + "]");
    QTest::newRow("a row that is no object") << catalogWith("7");
    QTest::newRow("the same id twice") << catalogWith(rowWith("") + "," + rowWith(""));
    QTest::newRow("a generic template of another form")
        << catalogWith(rowWith(""))
               .replace("\"codeList\", \"content\"", "\"singleCode\", \"count\": 1, \"content\"");
    QTest::newRow("cut off") << shippedServices.first(shippedServices.size() - 4).toByteArray();
}

void TestServiceCatalog::aBrokenFileIsRefused()
{
    QFETCH(QByteArray, file);
    QVERIFY(!readServiceCatalog(file));
}

QTEST_GUILESS_MAIN(TestServiceCatalog)
#include "tst_servicecatalog.moc"
