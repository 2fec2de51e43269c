// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/qr/qrmatrix.h"

#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestQrMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsAUsualCodeIntoVersion3();
    void hasTheThreeFinders();
    void spendsMoreOnLowerCase();
    void dependsOnTheLevel();
    void refusesWhatNoQrCodeHolds();
    void refusesNothing();
};

void TestQrMatrix::fitsAUsualCodeIntoVersion3()
{
    const auto matrix = QrMatrix::encode(QByteArray(32, 'A'));
    QVERIFY(matrix.has_value());
    QCOMPARE(matrix->size(), 29);
}

void TestQrMatrix::hasTheThreeFinders()
{
    const auto matrix = QrMatrix::encode("A1B2C3D4E5F6G7H8J9K0L1M2N3P4Q5R6");
    QVERIFY(matrix.has_value());
    const int last = matrix->size() - 7;
    for (const auto &[row, column] : {std::pair(0, 0), std::pair(0, last), std::pair(last, 0)}) {
        for (int i = 0; i < 7; ++i) {
            for (int j = 0; j < 7; ++j) {
                const int ring = std::max(std::abs(i - 3), std::abs(j - 3));
                QCOMPARE(matrix->isDark(row + i, column + j), ring != 2);
            }
        }
    }
}

void TestQrMatrix::spendsMoreOnLowerCase()
{
    const auto upper = QrMatrix::encode(QByteArray(32, 'A'));
    const auto lower = QrMatrix::encode(QByteArray(33, 'a'));
    QVERIFY(upper.has_value() && lower.has_value());
    QVERIFY(lower->size() > upper->size());
}

void TestQrMatrix::dependsOnTheLevel()
{
    const auto low = QrMatrix::encode(QByteArray(80, 'a'), QrErrorLevel::Low);
    const auto high = QrMatrix::encode(QByteArray(80, 'a'), QrErrorLevel::High);
    QVERIFY(low.has_value() && high.has_value());
    QVERIFY(low->size() < high->size());
}

void TestQrMatrix::refusesWhatNoQrCodeHolds()
{
    for (const qsizetype size : {2000, 5000, 1000000}) {
        const auto matrix = QrMatrix::encode(QByteArray(size, 'a'));
        QVERIFY(!matrix.has_value());
        QCOMPARE(matrix.error().kind, ErrorKind::CodeTooLong);
    }
}

void TestQrMatrix::refusesNothing()
{
    QVERIFY(!QrMatrix::encode({}).has_value());
}

QTEST_GUILESS_MAIN(TestQrMatrix)
#include "tst_qrmatrix.moc"
