// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/twofactor/proof.h"

#include "tests/support/sleep.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

// What is sent to prove who asks, and how long it is good.
class TestProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsTheHashByBothOfItsNames();
    void neverSendsTheCodeBesideAHash();
    void growsOldWhileTheComputerSleeps();
};

void TestProof::sendsTheHashByBothOfItsNames()
{
    Proof proof;
    proof.passwordHash = SecureBuffer::copyOf("aGFzaA==");
    QCOMPARE(proof.changeBody().take().view(),
             R"({"masterPasswordHash":"aGFzaA==","secret":"aGFzaA=="})"_ba);
    proof.token = SecureBuffer::copyOf("token");
    QCOMPARE(
        proof.changeBody().take().view(),
        R"({"masterPasswordHash":"aGFzaA==","secret":"aGFzaA==","userVerificationToken":"token"})"_ba);
    QCOMPARE(proof.readBody().take().view(),
             R"({"masterPasswordHash":"aGFzaA==","secret":"aGFzaA=="})"_ba);
}

void TestProof::neverSendsTheCodeBesideAHash()
{
    Proof proof;
    proof.emailedCode = SecureBuffer::copyOf("123456");
    proof.token = SecureBuffer::copyOf("token");
    QCOMPARE(proof.changeBody().take().view(),
             R"({"otp":"123456","userVerificationToken":"token"})"_ba);
    QCOMPARE(proof.readBody().take().view(), R"({"otp":"123456"})"_ba);
}

void TestProof::growsOldWhileTheComputerSleeps()
{
    Proof proof;
    proof.passwordHash = SecureBuffer::copyOf("aGFzaA==");
    proof.token = SecureBuffer::copyOf("token");
    simulateSystemSleep(Proof::Lifetime - std::chrono::minutes(1));
    QVERIFY(!proof.isExpired());
    simulateSystemSleep(std::chrono::minutes(1));
    QVERIFY(proof.isExpired());
}

QTEST_GUILESS_MAIN(TestProof)
#include "tst_proof.moc"
