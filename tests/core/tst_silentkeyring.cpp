// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accountstore.h"

#include "tests/core/outcome.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// On a session bus whose Secret Service never answers.
class TestSilentKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNotAskedWhereNothingIsKept();
    void holdsUpNoSignIn();
    void saysThatItIsWaitedFor();

private:
    QTemporaryDir m_folder;
};

void TestSilentKeyring::isNotAskedWhereNothingIsKept()
{
    Settings settings(m_folder.filePath(u"nothing.conf"_s));
    Keyring keyring(u"sparekey-test"_s);
    DeviceIdentity identity(settings);
    AccountStore store(settings, keyring, identity);
    QVERIFY(!identity.device().identifier.isEmpty());
    // Done without the event loop: nothing was waited for.
    QVERIFY(Outcome(store.rememberToken(u"account"_s)).isThere());
}

void TestSilentKeyring::holdsUpNoSignIn()
{
    Settings settings(m_folder.filePath(u"remembered.conf"_s));
    settings.setRememberedUntil(u"account"_s, QDateTime::currentDateTimeUtc().addDays(1));
    Keyring keyring(u"sparekey-test"_s);
    DeviceIdentity identity(settings);
    AccountStore store(settings, keyring, identity);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(outcomeOf(store.rememberToken(u"account"_s)).isEmpty());
    QVERIFY2(timer.elapsed() < 3 * AccountStore::ReadTimeout.count(), "the bus's own time-out");
    QVERIFY2(settings.rememberedUntil(u"account"_s), "it may be there the next time");
}

void TestSilentKeyring::saysThatItIsWaitedFor()
{
    Settings settings(m_folder.filePath(u"waiting.conf"_s));
    Keyring keyring(u"sparekey-test"_s);
    DeviceIdentity identity(settings);
    AccountStore store(settings, keyring, identity);
    QSignalSpy waiting(&store, &AccountStore::waitingChanged);
    (void)store.keepRememberToken(u"account"_s, SecureBuffer::copyOf("token"));
    QCOMPARE(waiting.count(), 1);
    QVERIFY(store.isWaiting());
    QVERIFY(!settings.rememberedUntil(u"account"_s));
}

QTEST_GUILESS_MAIN(TestSilentKeyring)
#include "tst_silentkeyring.moc"
