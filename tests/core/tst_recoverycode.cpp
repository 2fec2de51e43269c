// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/recoverycode.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestRecoveryCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupsAUsualCode();
    void normalizesWhatServersSend_data();
    void normalizesWhatServersSend();
    void keepsAnUnusualCodeAsSent_data();
    void keepsAnUnusualCodeAsSent();
    void writesOutWhatWouldDeceiveTheEye_data();
    void writesOutWhatWouldDeceiveTheEye();
    void knowsThatThereIsNoCode();
    void clonesWhole();
};

void TestRecoveryCode::groupsAUsualCode()
{
    const RecoveryCode code("a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6");
    QVERIFY(code.isUsual());
    QCOMPARE(code.groupCount(), 8);
    QCOMPARE(code.group(0), QByteArrayView("A1B2"));
    QCOMPARE(code.group(7), QByteArrayView("Q5R6"));
    QCOMPARE(code.displayText().view(), QByteArrayView("A1B2 C3D4 E5F6 G7H8 J9K0 L1M2 N3P4 Q5R6"));
}

void TestRecoveryCode::normalizesWhatServersSend_data()
{
    QTest::addColumn<QByteArray>("sent");
    const QByteArray plain = "a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6";
    QTest::newRow("lower case") << plain;
    QTest::newRow("upper case") << plain.toUpper();
    QTest::newRow("grouped") << "A1B2 C3D4 E5F6 G7H8 J9K0 L1M2 N3P4 Q5R6"_ba;
    QTest::newRow("hyphens") << "a1b2-c3d4-e5f6-g7h8-j9k0-l1m2-n3p4-q5r6"_ba;
    QTest::newRow("line ends") << QByteArray("\t" + plain + "\r\n");
}

void TestRecoveryCode::normalizesWhatServersSend()
{
    QFETCH(QByteArray, sent);
    const RecoveryCode code{SecureBuffer::copyOf(sent)};
    QVERIFY(code.isUsual());
    QCOMPARE(code.text(), QByteArrayView("A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6"));
}

void TestRecoveryCode::keepsAnUnusualCodeAsSent_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("31 characters") << QByteArray(31, 'a');
    QTest::newRow("33 characters") << QByteArray(33, 'a');
    QTest::newRow("other characters") << "a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r!"_ba;
    QTest::newRow("spaces kept") << "ab cd"_ba;
    QTest::newRow("letters beyond ASCII") << "äbc-αβγ"_ba;
}

void TestRecoveryCode::keepsAnUnusualCodeAsSent()
{
    QFETCH(QByteArray, sent);
    const RecoveryCode code{sent};
    QVERIFY(!code.isEmpty());
    QVERIFY(!code.isUsual());
    QCOMPARE(code.groupCount(), 0);
    QCOMPARE(code.text(), QByteArrayView(sent));
    QCOMPARE(code.displayText().view(), QByteArrayView(sent));
}

void TestRecoveryCode::writesOutWhatWouldDeceiveTheEye_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("right-to-left override") << "ab\xe2\x80\xae"
                                               "cd"_ba
                                            << "ab\\u{202E}cd"_ba;
    QTest::newRow("escape") << "ab\x1b[1m"_ba
                            << "ab\\u{1B}[1m"_ba;
    QTest::newRow("zero-width space") << "ab\xe2\x80\x8b"_ba
                                      << "ab\\u{200B}"_ba;
    QTest::newRow("no UTF-8") << "ab\xff\xc3"_ba
                              << "ab\\x{FF}\\x{C3}"_ba;
    QTest::newRow("overlong slash") << "\xc0\xaf"_ba
                                    << "\\x{C0}\\x{AF}"_ba;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba
                               << "\\x{ED}\\x{A0}\\x{80}"_ba;
    QTest::newRow("cut short") << "\xf0\x9f\x98"_ba
                               << "\\x{F0}\\x{9F}\\x{98}"_ba;
    QTest::newRow("largest") << "\xf4\x8f\xbf\xbf"_ba
                             << "\\u{10FFFF}"_ba;
}

void TestRecoveryCode::writesOutWhatWouldDeceiveTheEye()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, shown);
    QCOMPARE(RecoveryCode(sent).displayText().view(), QByteArrayView(shown));
}

void TestRecoveryCode::knowsThatThereIsNoCode()
{
    QVERIFY(RecoveryCode().isEmpty());
    QVERIFY(RecoveryCode(QByteArrayView()).isEmpty());
    QVERIFY(RecoveryCode(" \n").isEmpty());
}

void TestRecoveryCode::clonesWhole()
{
    const RecoveryCode code("a1b2c3d4e5f6g7h8j9k0l1m2n3p4q5r6");
    const RecoveryCode copy = code.clone();
    QVERIFY(copy.isUsual());
    QCOMPARE(copy.text(), code.text());
    QVERIFY(copy.text().data() != code.text().data());
}

QTEST_GUILESS_MAIN(TestRecoveryCode)
#include "tst_recoverycode.moc"
