// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/duofields.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestDuoFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheHostsOfDuo_data();
    void knowsTheHostsOfDuo();
    void letsEachBeginningOfAHostPass();
    void noticesWhereAHostGoesWrong_data();
    void noticesWhereAHostGoesWrong();
    void dropsWhatIsCopiedAlongWithAHost();
    void takesLettersAndDigitsOfAsciiOnly();
};

void TestDuoFields::knowsTheHostsOfDuo_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("good");
    QTest::newRow("usual") << u"api-1a2b3c4d.duosecurity.com"_s << true;
    QTest::newRow("federal") << u"api-1a2b3c4d.duofederal.com"_s << true;
    QTest::newRow("with a hyphen") << u"api-first-one.duosecurity.com"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("no name") << u"api-.duosecurity.com"_s << false;
    QTest::newRow("not for the api") << u"admin-1a2b.duosecurity.com"_s << false;
    QTest::newRow("foreign") << u"api-1a2b.example.com"_s << false;
    QTest::newRow("foreign behind") << u"api-1a2b.duosecurity.com.example.com"_s << false;
    QTest::newRow("foreign by its end") << u"api-1a2b.notduosecurity.com"_s << false;
    QTest::newRow("label in between") << u"api-1a2b.x.duosecurity.com"_s << false;
    QTest::newRow("with a path") << u"api-1a2b.duosecurity.com/x"_s << false;
    QTest::newRow("with a port") << u"api-1a2b.duosecurity.com:444"_s << false;
    QTest::newRow("with a user") << u"api-me@1a2b.duosecurity.com"_s << false;
    QTest::newRow("unfinished") << u"api-1a2b.duosecurity"_s << false;
    QTest::newRow("too long") << u"api-"_s + QString(60, u'a') + u".duosecurity.com"_s << false;
}

void TestDuoFields::knowsTheHostsOfDuo()
{
    QFETCH(QString, host);
    QFETCH(bool, good);
    QCOMPARE(isDuoHost(host), good);
}

void TestDuoFields::letsEachBeginningOfAHostPass()
{
    for (const auto &whole :
         {u"https://api-1a2b.duosecurity.com/"_s, u"api-first-one.duofederal.com"_s}) {
        for (qsizetype size = 0; size <= whole.size(); ++size)
            QVERIFY2(isDuoHostPrefix(duoHostFrom(whole.left(size))), qPrintable(whole.left(size)));
        QVERIFY(isDuoHost(duoHostFrom(whole)));
    }
}

void TestDuoFields::noticesWhereAHostGoesWrong_data()
{
    QTest::addColumn<QString>("beginning");
    QTest::newRow("start") << u"ax"_s;
    QTest::newRow("plain http") << u"http://a"_s;
    QTest::newRow("no name") << u"api-."_s;
    QTest::newRow("letter") << u"api-1a_"_s;
    QTest::newRow("domain") << u"api-1a2b.e"_s;
    QTest::newRow("more behind it") << u"api-1a2b.duosecurity.com."_s;
}

void TestDuoFields::noticesWhereAHostGoesWrong()
{
    QFETCH(QString, beginning);
    QVERIFY(isDuoHostPrefix(beginning.chopped(1)) || beginning.startsWith("http:"_L1));
    QVERIFY(!isDuoHostPrefix(beginning));
}

void TestDuoFields::dropsWhatIsCopiedAlongWithAHost()
{
    QCOMPARE(duoHostFrom(u"  HTTPS://API-1A2B.duosecurity.com/ \n"_s),
             u"api-1a2b.duosecurity.com"_s);
}

void TestDuoFields::takesLettersAndDigitsOfAsciiOnly()
{
    QVERIFY(hasOnlyDuoCharacters(u"DIabcXYZ0189"_s));
    QVERIFY(!hasOnlyDuoCharacters(u"DI****"_s));
    QVERIFY(!hasOnlyDuoCharacters(u"DI bc"_s));
    QVERIFY(!hasOnlyDuoCharacters(u"DIäc"_s));
}

QTEST_GUILESS_MAIN(TestDuoFields)
#include "tst_duofields.moc"
