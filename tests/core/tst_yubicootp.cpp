// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/otp/yubicootp.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestYubicoOtp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dropsSpacesAndCapsLock();
    void takesAWholeCodeOnly_data();
    void takesAWholeCodeOnly();
};

namespace {

// From Yubico's description of the format.
const QString whole = u"cccjgjgkhcbbirdrfdnlnghhfgrtnnlgedjlftrbdeut"_s;

} // namespace

void TestYubicoOtp::dropsSpacesAndCapsLock()
{
    QCOMPARE(yubicoOtpFrom(QString(u" "_s + whole.toUpper() + u"\n"_s)), whole);
}

void TestYubicoOtp::takesAWholeCodeOnly_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<YubicoOtpFlaw>("flaw");
    QTest::newRow("whole") << whole << YubicoOtpFlaw::None;
    QTest::newRow("one short") << whole.chopped(1) << YubicoOtpFlaw::WrongLength;
    QTest::newRow("one long") << whole + u"c"_s << YubicoOtpFlaw::WrongLength;
    QTest::newRow("touched twice") << whole + whole << YubicoOtpFlaw::WrongLength;
    QTest::newRow("the id alone") << whole.left(12) << YubicoOtpFlaw::WrongLength;
    QTest::newRow("upper case") << whole.toUpper() << YubicoOtpFlaw::OtherLetters;
    QTest::newRow("a layout of Dvorak")
        << u"jjjhihitdjxxcpepuebnbidduipybbniehnuypxe.gy"_s << YubicoOtpFlaw::OtherLetters;
    QTest::newRow("Cyrillic letters") << QString(44, u'с') << YubicoOtpFlaw::OtherLetters;
    QTest::newRow("digits") << u"123456"_s << YubicoOtpFlaw::OtherLetters;
}

void TestYubicoOtp::takesAWholeCodeOnly()
{
    QFETCH(QString, code);
    QFETCH(YubicoOtpFlaw, flaw);
    QCOMPARE(yubicoOtpFlaw(code), flaw);
}

QTEST_GUILESS_MAIN(TestYubicoOtp)
#include "tst_yubicootp.moc"
