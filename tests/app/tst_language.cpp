// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/language.h"

#include <QDate>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNumbersAndDatesInTheLanguageOfTheTexts_data();
    void writesNumbersAndDatesInTheLanguageOfTheTexts();
};

void TestLanguage::writesNumbersAndDatesInTheLanguageOfTheTexts_data()
{
    QTest::addColumn<QLocale::Language>("texts");
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("number");
    QTest::newRow("Egypt") << QLocale::English << u"ar_EG"_s << u"30 November 2026"_s << u"1,000"_s;
    QTest::newRow("Iran") << QLocale::English << u"fa_IR"_s << u"30 November 2026"_s << u"1,000"_s;
    QTest::newRow("Germany") << QLocale::English << u"de_DE"_s << u"30 November 2026"_s
                             << u"1.000"_s;
    QTest::newRow("Britain") << QLocale::English << u"en_GB"_s << u"30 November 2026"_s
                             << u"1,000"_s;
    QTest::newRow("no country") << QLocale::English << u"C"_s << u"30 November 2026"_s << u"1000"_s;
    QTest::newRow("German texts") << QLocale::German << u"de_AT"_s << u"30 November 2026"_s
                                  << u"1 000"_s;
    QTest::newRow("German texts, Japan")
        << QLocale::German << u"ja_JP"_s << u"30 November 2026"_s << u"1.000"_s;
}

void TestLanguage::writesNumbersAndDatesInTheLanguageOfTheTexts()
{
    QFETCH(QLocale::Language, texts);
    QFETCH(QString, system);
    const QLocale formats = formatsFor(texts, QLocale(system));
    QTEST(formats.toString(QDate(2026, 11, 30), u"d MMMM yyyy"_s), "date");
    QTEST(formats.toString(1000).replace(QChar(QChar::Nbsp), u' '), "number");
}

QTEST_GUILESS_MAIN(TestLanguage)
#include "tst_language.moc"
