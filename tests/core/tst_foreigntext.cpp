// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/result.h"
#include "core/text/foreigntext.h"

#include <QTest>

#include <type_traits>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestForeignText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isClean_data();
    void isClean();
    void isTheOnlyTextOfAnError();
    void keepsTheEndOfAPath();
    void namesOnlyTheOriginOfAnAddress_data();
    void namesOnlyTheOriginOfAnAddress();
    void isolatesWhatIsReadFromTheRight_data();
    void isolatesWhatIsReadFromTheRight();
};

void TestForeignText::isClean_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("shown");
    QTest::newRow("lines") << u" one\r\n\ttwo  three "_s << u"one two three"_s;
    QTest::newRow("control characters") << u"a\x01\x1b[31mb\x7f\u0085c"_s << u"a [31mb c"_s;
    QTest::newRow("reading direction") << u"pay\u202egpj.\u2066x\u200fy"_s << u"pay gpj. x y"_s;
    QTest::newRow("invisible") << u"a\u200b\ufeff\u00adb"_s << u"a b"_s;
    QTest::newRow("line separators") << u"a\u2028b\u2029c"_s << u"a b c"_s;
    QTest::newRow("no-break spaces only") << QString(40, QChar(0xa0)) << QString();
    QTest::newRow("invisible beyond 16 bits") << u"a\U000E0041\U000E0042b"_s << u"a b"_s;
    QTest::newRow("other scripts") << u"密码 пароль 🔑"_s << u"密码 пароль 🔑"_s;
    QTest::newRow("joined emoji") << u"👩\u200d💻 x"_s << u"👩\u200d💻 x"_s;
    QTest::newRow("Persian with a non-joiner") << u"می\u200cخواهم"_s << u"می\u200cخواهم"_s;
    QTest::newRow("joiners that join nothing")
        << u"\u200da \u200db\u200d \u200d\u200dc\u200d"_s << u"a b c"_s;
    QTest::newRow("marks on one letter") << u"a"_s + QString(50, QChar(0x0301)) + u"b"_s
                                         << u"a"_s + QString(4, QChar(0x0301)) + u"b"_s;
    QTest::newRow("markup stays text") << u"<b>x</b>"_s << u"<b>x</b>"_s;
    QTest::newRow("long") << QString(10'000, u'x') << QString(300, u'x');
    // Two units a character: the last one that fits must stay whole.
    QTest::newRow("long, beyond 16 bits")
        << u"x"_s + u"🔑"_s.repeated(5'000) << u"x"_s + u"🔑"_s.repeated(149);
    QTest::newRow("half a character") << QString(QChar(0xd83d)) + u"x"_s << u"\ufffdx"_s;
}

void TestForeignText::isClean()
{
    QFETCH(const QString, sent);
    QFETCH(const QString, shown);
    QCOMPARE(ForeignText(sent).text(), shown);
    // Cleaning once more changes nothing, so that it does no harm to do it twice.
    QCOMPARE(ForeignText(shown).text(), shown);
}

void TestForeignText::isTheOnlyTextOfAnError()
{
    static_assert(std::is_same_v<decltype(Error::subject), ForeignText>);
    static_assert(std::is_same_v<decltype(Error::serverText), ForeignText>);
    static_assert(std::is_same_v<decltype(Error::counterpart), ForeignText>);
    const QString turned = u"a\u202eb"_s;
    const Error error{.kind = ErrorKind::Refused,
                      .subject = turned,
                      .serverText = turned,
                      .counterpart = turned};
    QCOMPARE(error.subject, u"a b"_s);
    QCOMPARE(error.serverText, u"a b"_s);
    QCOMPARE(error.counterpart, u"a b"_s);
}

void TestForeignText::keepsTheEndOfAPath()
{
    const QString path = u"/home"_s + u"/folder"_s.repeated(100) + u"/sheet.pdf"_s;
    QCOMPARE(ForeignText::path(path), path);
}

void TestForeignText::namesOnlyTheOriginOfAnAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"https://other.example"_s << u"https://other.example"_s;
    QTest::newRow("port") << u"http://other.example:8080/"_s << u"http://other.example:8080"_s;
    QTest::newRow("path, query and fragment")
        << u"https://other.example/a%20path?query#fragment"_s << u"https://other.example"_s;
    QTest::newRow("turned path") << u"https://good.example/%E2%80%AEmoc.live"_s
                                 << u"https://good.example"_s;
    QTest::newRow("user name") << u"https://good.example@evil.example/"_s
                               << u"https://evil.example"_s;
    QTest::newRow("other letters")
        << u"https://bıtwarden.com/"_s << u"https://xn--btwarden-tkb.com"_s;
    QTest::newRow("address") << u"https://[::1]:8443/x"_s << u"https://[::1]:8443"_s;
}

void TestForeignText::namesOnlyTheOriginOfAnAddress()
{
    QFETCH(const QString, address);
    QFETCH(const QString, shown);
    QCOMPARE(ForeignText::origin(QUrl(address)), shown);
}

void TestForeignText::isolatesWhatIsReadFromTheRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isolated");
    QTest::newRow("Latin") << u"vault.example"_s << false;
    QTest::newRow("Hebrew and Latin") << u"קומקום Ltd"_s << true;
    QTest::newRow("Arabic") << u"غلاية"_s << true;
    QTest::newRow("nothing") << QString() << false;
}

void TestForeignText::isolatesWhatIsReadFromTheRight()
{
    QFETCH(const QString, text);
    QFETCH(const bool, isolated);
    QCOMPARE(ForeignText(text).isolated(), isolated ? u"\u2068"_s + text + u"\u2069"_s : text);
}

QTEST_GUILESS_MAIN(TestForeignText)
#include "tst_foreigntext.moc"
