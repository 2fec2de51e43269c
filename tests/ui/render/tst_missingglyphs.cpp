// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/render/missingglyphs.h"

#include "tests/support/servicecodes.h"
#include "ui/render/sheetsource.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestMissingGlyphs : public QObject
{
    Q_OBJECT

public:
    /// Before the application is made: whatever this computer has, only these fonts are there.
    static void initMain()
    {
        static const QTemporaryDir folder;
        const QString path = folder.filePath(u"fonts.conf"_s);
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) {
            file.write("<fontconfig>"
                       "<dir>/usr/share/fonts/opentype/inter</dir>"
                       "<dir>/usr/share/fonts/truetype/inter</dir>"
                       "<dir>/usr/share/fonts/truetype/dejavu</dir>"
                       "<cachedir>"
                       + folder.path().toUtf8() + "</cachedir></fontconfig>");
        }
        qputenv("FONTCONFIG_FILE", QFile::encodeName(path));
    }

private Q_SLOTS:
    void namesThePackage_data();
    void namesThePackage();
    void putsTheAsciiFormOnTheSheet();
    void leavesANameThatCanBeDrawnAlone();
    void namesThePackageForTheCodes_data();
    void namesThePackageForTheCodes();
};

void TestMissingGlyphs::namesThePackage_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("package");
    QTest::newRow("nothing") << QString() << QString();
    QTest::newRow("Latin") << u"me@example.org"_s << QString();
    QTest::newRow("German") << u"jörg@straße.example"_s << QString();
    QTest::newRow("Cyrillic") << u"почта@пример.рф"_s << QString();
    QTest::newRow("by another font") << u"\u05d0\u05d1@example.org"_s << QString();
    QTest::newRow("Chinese") << u"张伟@例子.cn"_s << u"fonts-noto-cjk"_s;
    QTest::newRow("Korean") << u"김@example.kr"_s << u"fonts-noto-cjk"_s;
    QTest::newRow("Khmer") << u"\u1781\u17d2@example.org"_s << u"fonts-noto-core"_s;
    QTest::newRow("symbol") << u"a\U0001F511@example.org"_s << u"fonts-symbola"_s;
}

void TestMissingGlyphs::namesThePackage()
{
    QFETCH(QString, text);
    QTEST(missingFontPackage(text), "package");
}

void TestMissingGlyphs::putsTheAsciiFormOnTheSheet()
{
    Session::Account account;
    account.email = u"me@例え.jp"_s;
    QCOMPARE(sheetSubject(account).accountAscii, u"me@xn--r8jz45g.jp"_s);
}

void TestMissingGlyphs::leavesANameThatCanBeDrawnAlone()
{
    Session::Account account;
    account.email = u"почта@пример.рф"_s;
    QCOMPARE(sheetSubject(account).accountAscii, QString());
}

void TestMissingGlyphs::namesThePackageForTheCodes_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("package");
    QTest::newRow("ASCII") << "1234 5678"_ba << QString();
    QTest::newRow("umlauts") << u"p\u00e4ss w\u00f6rd"_s.toUtf8() << QString();
    QTest::newRow("Chinese") << u"\u5f20\u4f1f 12"_s.toUtf8() << u"fonts-noto-cjk"_s;
}

void TestMissingGlyphs::namesThePackageForTheCodes()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, package);
    std::vector<SheetCode> codes = ServiceCodes::numbers(2);
    codes.push_back(ServiceCodes::code(code, code));
    QCOMPARE(codeListSource(std::move(codes), ServiceCodes::google())->fontPackageOfCodes(),
             package);
    const auto single = singleCodeSource(ServiceCodes::code(code, code), ServiceCodes::microsoft());
    QCOMPARE(single->fontPackageOfCodes(), package);
}

QTEST_MAIN(TestMissingGlyphs)
#include "tst_missingglyphs.moc"
