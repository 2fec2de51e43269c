// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recovery/enteredcode.h"

#include "core/sheet/recoverysheet.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView code("A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6");

QByteArray row(int index)
{
    return code.sliced(index * codeRowSize, codeRowSize).toByteArray();
}

// As it stands on a sheet.
QByteArray checkOf(int index)
{
    SheetSubject subject;
    subject.made = QDateTime::currentDateTime();
    const auto sheet = makeRecoverySheet(RecoveryCode(code), subject, {});
    return sheet ? sheet->lines.value(index).check.toLatin1() : QByteArray();
}

} // namespace

class TestEnteredCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsARowAsPrinted();
    void ignoresCaseAndGaps();
    void waitsForTheWholeRow();
    void needsNoCheckCharacters();
    void findsEveryWrongCharacter();
    void findsSwappedRows();
    void refusesCharactersThatNoCodeHas();
    void readsAWholeCodeWithItsChecks();
    void readsAWholeCodeWithoutChecks();
    void tellsTheWrongRowOfAWholeCode();
    void seesTheFirstRowWhileTheSecondIsEntered();
    void seesAWrongFirstRowAtOnce_data();
    void seesAWrongFirstRowAtOnce();
    void leavesOtherLengthsAlone();
};

void TestEnteredCode::acceptsARowAsPrinted()
{
    QCOMPARE(checkOf(0).size(), rowCheckSize);
    QCOMPARE(checkCodeRow(0, row(0), checkOf(0)), RowCheck::Correct);
    QCOMPARE(checkCodeRow(1, row(1), checkOf(1)), RowCheck::Correct);
}

void TestEnteredCode::ignoresCaseAndGaps()
{
    QCOMPARE(checkCodeRow(0, "a1b2 c3d4-e5f6\tg7h8 ", QByteArray(checkOf(0).toLower() + ' ')),
             RowCheck::Correct);
}

void TestEnteredCode::waitsForTheWholeRow()
{
    for (qsizetype size = 0; size < codeRowSize; ++size)
        QCOMPARE(checkCodeRow(0, row(0).first(size), checkOf(0)), RowCheck::Incomplete);
    QCOMPARE(checkCodeRow(0, row(0), checkOf(0).first(1)), RowCheck::Incomplete);
}

void TestEnteredCode::needsNoCheckCharacters()
{
    QCOMPARE(checkCodeRow(0, row(0), {}), RowCheck::Unchecked);
}

void TestEnteredCode::findsEveryWrongCharacter()
{
    for (qsizetype at = 0; at < codeRowSize; ++at) {
        for (const char other : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"_ba) {
            QByteArray wrong = row(0);
            wrong[at] = other;
            QCOMPARE(checkCodeRow(0, wrong, checkOf(0)),
                     wrong == row(0) ? RowCheck::Correct : RowCheck::Wrong);
        }
    }
}

void TestEnteredCode::findsSwappedRows()
{
    QCOMPARE(checkCodeRow(0, row(1), checkOf(1)), RowCheck::Wrong);
    QCOMPARE(checkCodeRow(1, row(0), checkOf(0)), RowCheck::Wrong);
}

void TestEnteredCode::refusesCharactersThatNoCodeHas()
{
    QCOMPARE(checkCodeRow(0, "A1B2$", {}), RowCheck::Wrong);
    QCOMPARE(checkCodeRow(0, QByteArray(row(0) + 'A'), checkOf(0)), RowCheck::Wrong);
    QCOMPARE(checkCodeRow(0, row(0), QByteArray(checkOf(0) + 'A')), RowCheck::Wrong);
}

void TestEnteredCode::readsAWholeCodeWithItsChecks()
{
    const QByteArray text = row(0).toLower() + ' ' + checkOf(0) + '\n' + row(1) + ' ' + checkOf(1);
    const auto result = readEnteredCode(text);
    QCOMPARE(result.rows[0], RowCheck::Correct);
    QCOMPARE(result.rows[1], RowCheck::Correct);
    QCOMPARE(result.code.view(), code);
}

void TestEnteredCode::readsAWholeCodeWithoutChecks()
{
    const auto result = readEnteredCode("a1b2 c3d4 e5f6 g7h8 j9k0 l1m2 n3p4 q5r6");
    QCOMPARE(result.rows[0], RowCheck::Unchecked);
    QCOMPARE(result.rows[1], RowCheck::Unchecked);
    QCOMPARE(result.code.view(), code);
}

void TestEnteredCode::tellsTheWrongRowOfAWholeCode()
{
    QByteArray wrong = row(1);
    wrong[3] = 'O';
    const auto result = readEnteredCode(QByteArray(row(0) + checkOf(0) + wrong + checkOf(1)));
    QCOMPARE(result.rows[0], RowCheck::Correct);
    QCOMPARE(result.rows[1], RowCheck::Wrong);
    QCOMPARE(result.code.view(), QByteArrayView(QByteArray(row(0) + wrong)));
}

void TestEnteredCode::seesTheFirstRowWhileTheSecondIsEntered()
{
    const auto result = readEnteredCode(QByteArray(row(0) + checkOf(0) + "J9K0"));
    QCOMPARE(result.rows[0], RowCheck::Correct);
    QCOMPARE(result.rows[1], RowCheck::Incomplete);
}

void TestEnteredCode::seesAWrongFirstRowAtOnce_data()
{
    QTest::addColumn<QByteArray>("entered");
    QTest::addColumn<RowCheck>("first");
    const QByteArray right = row(0) + ' ' + checkOf(0) + ' ';
    const QByteArray wrong = "A1B2 C3D4 E5F6 G7HO " + checkOf(0);
    QTest::newRow("right") << right << RowCheck::Correct;
    // Perhaps the second row comes now.
    QTest::newRow("no gap yet") << wrong << RowCheck::Incomplete;
    QTest::newRow("a gap") << QByteArray(wrong + ' ') << RowCheck::Wrong;
    QTest::newRow("the second row") << QByteArray(wrong + "  J9K0") << RowCheck::Wrong;
    QTest::newRow("no check") << QByteArray("A1B2 C3D4 E5F6 G7HO J9K0 ") << RowCheck::Incomplete;
    // More than a code without checks has.
    QTest::newRow("no gaps") << QByteArray("A1B2C3D4E5F6G7HO" + checkOf(0) + "J9K0L1M2N3P4Q5R")
                             << RowCheck::Wrong;
}

void TestEnteredCode::seesAWrongFirstRowAtOnce()
{
    QFETCH(const QByteArray, entered);
    QFETCH(const RowCheck, first);
    const auto result = readEnteredCode(entered);
    QCOMPARE(result.rows[0], first);
    QCOMPARE(result.rows[1], RowCheck::Incomplete);
}

void TestEnteredCode::leavesOtherLengthsAlone()
{
    for (const QByteArray &text : {""_ba, "A1B2"_ba, QByteArray(40, 'X')}) {
        const auto result = readEnteredCode(text);
        QCOMPARE(result.rows[0], RowCheck::Incomplete);
        QCOMPARE(result.rows[1], RowCheck::Incomplete);
        QCOMPARE(result.code.view(), QByteArrayView(text));
    }
}

QTEST_GUILESS_MAIN(TestEnteredCode)
#include "tst_enteredcode.moc"
