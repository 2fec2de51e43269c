// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/enteredtext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestEnteredText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEmailedCodes_data();
    void readsEmailedCodes();
    void readsAuthenticatorCodes_data();
    void readsAuthenticatorCodes();
    void knowsTheShapeOfAnEmail_data();
    void knowsTheShapeOfAnEmail();
    void knowsModhex();
};

void TestEnteredText::readsEmailedCodes_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("six") << u"012345"_s << "012345"_ba;
    QTest::newRow("eight") << u"01234567"_s << "01234567"_ba;
    QTest::newRow("four") << u"0123"_s << "0123"_ba;
    QTest::newRow("as long as Vaultwarden makes them")
        << QString(255, u'7') << QByteArray(255, '7');
    QTest::newRow("gaps") << u" 012\u00a0345-67\n"_s << "01234567"_ba;
    QTest::newRow("other dashes") << u"012\u2013345"_s << "012345"_ba;
    QTest::newRow("Arabic") << u"٠١٢٣٤٥"_s << "012345"_ba;
    QTest::newRow("Persian") << u"۰۱۲۳۴۵"_s << "012345"_ba;
    QTest::newRow("too short") << u"012"_s << QByteArray();
    QTest::newRow("too long") << QString(256, u'7') << QByteArray();
    QTest::newRow("letters") << u"01234x"_s << QByteArray();
    QTest::newRow("empty") << QString() << QByteArray();
}

void TestEnteredText::readsEmailedCodes()
{
    QFETCH(const QString, entered);
    QFETCH(const QByteArray, code);
    QCOMPARE(emailedCodeFrom(entered).view().toByteArray(), code);
}

void TestEnteredText::readsAuthenticatorCodes_data()
{
    QTest::addColumn<QString>("entered");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("six") << u"012 345"_s << "012345"_ba;
    QTest::newRow("Persian") << u"۰۱۲۳۴۵"_s << "012345"_ba;
    QTest::newRow("seven") << u"0123456"_s << QByteArray();
}

void TestEnteredText::readsAuthenticatorCodes()
{
    QFETCH(const QString, entered);
    QFETCH(const QByteArray, code);
    QCOMPARE(authenticatorCodeFrom(entered).view().toByteArray(), code);
}

void TestEnteredText::knowsTheShapeOfAnEmail_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isEmail");
    QTest::newRow("usual") << u"me@example.org"_s << true;
    QTest::newRow("other letters") << u"jürgen@bücher.example"_s << true;
    QTest::newRow("no dot") << u"me@localhost"_s << true;
    QTest::newRow("no name") << u"@example.org"_s << false;
    QTest::newRow("no host") << u"me@"_s << false;
    QTest::newRow("two") << u"me@you@example.org"_s << false;
    QTest::newRow("space") << u"me @example.org"_s << false;
    QTest::newRow("no at") << u"example.org"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestEnteredText::knowsTheShapeOfAnEmail()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isEmail);
    QCOMPARE(isEmailShaped(text), isEmail);
}

void TestEnteredText::knowsModhex()
{
    QVERIFY(isModhex(u"cbdefghijklnrtuv"));
    QVERIFY(!isModhex(u"cba"));
    QVERIFY(!isModhex(u"CB"));
}

QTEST_GUILESS_MAIN(TestEnteredText)
#include "tst_enteredtext.moc"
