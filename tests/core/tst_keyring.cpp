// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/keyring/keyring.h"

#include "tests/core/outcome.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Against a real Secret Service on a session bus of its own.
class TestKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasKept_data();
    void givesBackWhatWasKept();
    void replacesWhatWasThere();
    void hasNothingUnderAnUnknownName();
    void removesOnlyTheNamedEntry();
    void removingNothingIsNoError();
    void keepsTheOrderOfCallsMadeAtOnce();
    void outlivesNoWaitingCall();

private:
    [[nodiscard]] QByteArray read(const QString &key);
    [[nodiscard]] bool write(const QString &key, const char *secret);

    Keyring m_keyring{u"sparekey-test"_s};
};

QByteArray TestKeyring::read(const QString &key)
{
    const auto secret = outcomeOf(m_keyring.read(key));
    return secret ? secret->view().toByteArray() : "failed"_ba;
}

bool TestKeyring::write(const QString &key, const char *secret)
{
    return outcomeOf(m_keyring.write(key, SecureBuffer::copyOf(secret))).has_value();
}

void TestKeyring::givesBackWhatWasKept_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("token") << "4F1C-refresh"_ba;
    QTest::newRow("any bytes") << QByteArray("\0\xff\n\"\xc3\x28 end", 11);
    QTest::newRow("long") << QByteArray(100'000, 'x');
}

void TestKeyring::givesBackWhatWasKept()
{
    QFETCH(QByteArray, secret);
    QVERIFY(outcomeOf(m_keyring.write(u"kept"_s, SecureBuffer::copyOf(secret))));
    QCOMPARE(read(u"kept"_s), secret);
}

void TestKeyring::replacesWhatWasThere()
{
    QVERIFY(write(u"replaced"_s, "first"));
    QVERIFY(write(u"replaced"_s, "second"));
    QCOMPARE(read(u"replaced"_s), "second"_ba);
}

void TestKeyring::hasNothingUnderAnUnknownName()
{
    QCOMPARE(read(u"never written"_s), QByteArray());
}

void TestKeyring::removesOnlyTheNamedEntry()
{
    QVERIFY(write(u"one"_s, "1"));
    QVERIFY(write(u"other"_s, "2"));
    QVERIFY(outcomeOf(m_keyring.remove(u"one"_s)));
    QCOMPARE(read(u"one"_s), QByteArray());
    QCOMPARE(read(u"other"_s), "2"_ba);
}

void TestKeyring::removingNothingIsNoError()
{
    QVERIFY(outcomeOf(m_keyring.remove(u"never written"_s)));
}

void TestKeyring::keepsTheOrderOfCallsMadeAtOnce()
{
    Outcome first(m_keyring.write(u"order"_s, SecureBuffer::copyOf("signed in")));
    Outcome second(m_keyring.remove(u"order"_s));
    Outcome third(m_keyring.write(u"order"_s, SecureBuffer::copyOf("signed in again")));
    Outcome fourth(m_keyring.remove(u"order"_s));
    Outcome fifth(m_keyring.read(u"order"_s));
    const auto &last = fifth.wait();
    QVERIFY(first.isThere() && second.isThere() && third.isThere() && fourth.isThere());
    QVERIFY(last && last->isEmpty());
}

void TestKeyring::outlivesNoWaitingCall()
{
    auto keyring = std::make_unique<Keyring>(u"sparekey-test"_s);
    Outcome running(keyring->write(u"gone"_s, SecureBuffer::copyOf("1")));
    keyring.reset();
    const auto &outcome = running.wait();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Canceled);
}

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_keyring.moc"
