// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/latelibrary/latelibrary.h"

#include <QtTest>

#include <math.h>

namespace {

using namespace Sparekey;

constexpr LateLibrary missing("sparekey-none", 1);

constexpr LateLibrary math("m", 6);
const LateFunction<double(double)> cosine(math, "cos");

// The same library under another object, as if it were an older one.
constexpr LateLibrary older("m", 6);
const LateFunction<double(double)> known(older, "sin");
const LateFunction<double(double)> unknown(older, "sparekey_none");

} // namespace

class TestLateLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsAFunctionWithoutLoadingFirst();
    void saysThatALibraryIsMissing();
    void saysThatALibraryLacksAFunction();
};

void TestLateLibrary::callsAFunctionWithoutLoadingFirst()
{
    QCOMPARE(cosine(0.0), 1.0);
    QVERIFY(math.load());
    QCOMPARE(cosine(0.0), 1.0);
}

void TestLateLibrary::saysThatALibraryIsMissing()
{
    QVERIFY(!missing.load());
}

// An old one must be refused before one of its functions is called, not then.
void TestLateLibrary::saysThatALibraryLacksAFunction()
{
    QVERIFY(!older.load());
}

QTEST_GUILESS_MAIN(TestLateLibrary)
#include "tst_latelibrary.moc"
