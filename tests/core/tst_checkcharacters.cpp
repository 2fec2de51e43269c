// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/checkcharacters.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

QByteArray randomLine(QRandomGenerator &random)
{
    QByteArray line;
    while (line.size() < 16)
        line.append(alphabet.at(random.bounded(alphabet.size())).toLatin1());
    return line;
}

} // namespace

class TestCheckCharacters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheTestValueOfTheStandard();
    void takesLowerCaseAsUpperCase();
    void coversTheLabel();
    void hasNoneForOtherCharacters();
    void findsEveryWrongCharacter();
    void findsEverySwapOfNeighbors();
    void letsFewOtherLinesPass();
};

void TestCheckCharacters::givesTheTestValueOfTheStandard()
{
    QCOMPARE(checkCharacters("ISO79"), u"3W"_s);
}

void TestCheckCharacters::takesLowerCaseAsUpperCase()
{
    QCOMPARE(checkCharacters("iso79"), u"3W"_s);
}

void TestCheckCharacters::coversTheLabel()
{
    QCOMPARE(checkCharactersOfLine('i', "SO79"), u"3W"_s);
    QVERIFY(checkCharactersOfLine('a', "SO79") != checkCharactersOfLine('b', "SO79"));
}

void TestCheckCharacters::hasNoneForOtherCharacters()
{
    QVERIFY(!checkCharacters("ISO-79").has_value());
    QVERIFY(!checkCharactersOfLine('a', "ä").has_value());
}

void TestCheckCharacters::findsEveryWrongCharacter()
{
    QRandomGenerator random(7064);
    for (int i = 0; i < 200; ++i) {
        const QByteArray line = randomLine(random);
        const auto right = checkCharactersOfLine('a', line);
        for (qsizetype at = 0; at < line.size(); ++at) {
            for (const char other : alphabet) {
                QByteArray wrong = line;
                wrong[at] = other;
                if (wrong != line)
                    QVERIFY2(checkCharactersOfLine('a', wrong) != right, wrong.constData());
            }
        }
    }
}

void TestCheckCharacters::findsEverySwapOfNeighbors()
{
    QRandomGenerator random(1271);
    for (int i = 0; i < 200; ++i) {
        const QByteArray line = randomLine(random);
        for (qsizetype at = 0; at + 1 < line.size(); ++at) {
            QByteArray wrong = line;
            std::swap(wrong[at], wrong[at + 1]);
            if (wrong != line) {
                QVERIFY2(checkCharactersOfLine('a', wrong) != checkCharactersOfLine('a', line),
                         wrong.constData());
            }
        }
    }
}

void TestCheckCharacters::letsFewOtherLinesPass()
{
    QRandomGenerator random(36);
    const auto right = checkCharacters(randomLine(random));
    int passed = 0;
    for (int i = 0; i < 100000; ++i)
        passed += checkCharacters(randomLine(random)) == right ? 1 : 0;
    // About 79 of 100 000 are expected.
    QVERIFY2(passed > 30 && passed < 150, qPrintable(QString::number(passed)));
}

QTEST_GUILESS_MAIN(TestCheckCharacters)
#include "tst_checkcharacters.moc"
