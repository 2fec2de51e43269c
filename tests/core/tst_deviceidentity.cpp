// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/deviceidentity.h"

#include "tests/core/lockedkeyring.h"
#include "tests/core/outcome.h"

#include <QTest>
#include <QUuid>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Against a real Secret Service on a session bus of its own. Each object is one run of the
/// program.
class TestDeviceIdentity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isTheSameInTheNextRun();
    void callsAtOnceHaveTheSame();
    void brokenEntryIsReplaced();
    void lockedKeyringKeepsTheOneThatItHas();
    void keyringThatIsUnlockedLateShowsTheOneThatItHas();
    void lockedKeyringIsAskedOnce();
    void leavesNothingElseBehind();
    void goesAwayWhileItIsAsked();

private:
    [[nodiscard]] QString kept();

    std::unique_ptr<Keyring> m_keyring;
};

void TestDeviceIdentity::init()
{
    static int number = 0;
    m_keyring = std::make_unique<Keyring>(u"sparekey-test-%1"_s.arg(++number));
}

QString TestDeviceIdentity::kept()
{
    DeviceIdentity identity(*m_keyring);
    const ClientDevice device = outcomeOf(identity.device());
    return identity.isKept() ? device.identifier : u"not kept"_s;
}

void TestDeviceIdentity::isTheSameInTheNextRun()
{
    DeviceIdentity identity(*m_keyring);
    QVERIFY(!identity.isKept());
    const QString made = outcomeOf(identity.device()).identifier;
    QVERIFY(identity.isKept());
    QCOMPARE(QUuid::fromString(made).toString(QUuid::WithoutBraces), made);
    QCOMPARE(outcomeOf(identity.device()).identifier, made);
    QCOMPARE(kept(), made);
}

void TestDeviceIdentity::callsAtOnceHaveTheSame()
{
    DeviceIdentity identity(*m_keyring);
    Outcome first(identity.device());
    Outcome second(identity.device());
    QVERIFY(!first.isThere() && !second.isThere());
    const QString made = second.wait().identifier;
    QVERIFY(!made.isEmpty());
    QCOMPARE(first.wait().identifier, made);
    QCOMPARE(kept(), made);
}

void TestDeviceIdentity::brokenEntryIsReplaced()
{
    QVERIFY(outcomeOf(m_keyring->write(DeviceIdentity::Entry, SecureBuffer::copyOf("no GUID"))));
    const QString made = kept();
    QVERIFY(!QUuid::fromString(made).isNull());
    QCOMPARE(kept(), made);
}

void TestDeviceIdentity::lockedKeyringKeepsTheOneThatItHas()
{
    const QString before = kept();
    {
        const LockedKeyring locked;
        QVERIFY(locked.isLocked());
        DeviceIdentity identity(*m_keyring);
        const QString forThisRun = outcomeOf(identity.device()).identifier;
        QVERIFY(!QUuid::fromString(forThisRun).isNull());
        QVERIFY(forThisRun != before);
        QVERIFY(!identity.isKept());
        QCOMPARE(outcomeOf(identity.device()).identifier, forThisRun);
    }
    QCOMPARE(kept(), before);
}

// The first question of the desktop is canceled, the second is answered.
void TestDeviceIdentity::keyringThatIsUnlockedLateShowsTheOneThatItHas()
{
    const QString before = kept();
    LockedKeyring locked;
    QVERIFY(locked.isLocked());
    connect(
        m_keyring.get(), &Keyring::freed, this, [&locked] { locked.unlock(); },
        Qt::SingleShotConnection);
    QCOMPARE(kept(), before);
}

void TestDeviceIdentity::lockedKeyringIsAskedOnce()
{
    LockedKeyring locked;
    DeviceIdentity identity(*m_keyring);
    const QString forThisRun = outcomeOf(identity.device()).identifier;
    locked.unlock();
    QVERIFY(!locked.isLocked());
    QCOMPARE(outcomeOf(identity.device()).identifier, forThisRun);
    QVERIFY(!identity.isKept());
}

void TestDeviceIdentity::leavesNothingElseBehind()
{
    QVERIFY(outcomeOf(m_keyring->unlock()));
    const auto left = outcomeOf(m_keyring->read(u"open"_s));
    QVERIFY(left && left->isEmpty());
}

void TestDeviceIdentity::goesAwayWhileItIsAsked()
{
    auto identity = std::make_unique<DeviceIdentity>(*m_keyring);
    Outcome running(identity->device());
    identity.reset();
    QVERIFY(running.wait().identifier.isEmpty());
}

QTEST_GUILESS_MAIN(TestDeviceIdentity)
#include "tst_deviceidentity.moc"
