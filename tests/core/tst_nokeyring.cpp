// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/accountstore.h"

#include "tests/core/signedin.h"

#include <QDir>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// On a session bus without a Secret Service, or without a session bus, and with a home folder of
/// its own.
class TestNoKeyRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writingSaysThatThereIsNone();
    void readingFindsNothing();
    void identifierIsForThisRunOnly();
    void callsAtOnceHaveTheSameIdentifier();
    void nothingIsMarkedAsKept();
    void noFileHoldsTheSecretInstead();

private:
    KeyRing m_keyRing{u"sparekey-test"_s};
};

void TestNoKeyRing::writingSaysThatThereIsNone()
{
    const auto written = outcomeOf(m_keyRing.write(u"any"_s, SecureBuffer::copyOf("secret")));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::KeyRingUnavailable);
}

void TestNoKeyRing::readingFindsNothing()
{
    const auto read = outcomeOf(m_keyRing.read(u"any"_s));
    QVERIFY(!read || read->isEmpty());
}

void TestNoKeyRing::identifierIsForThisRunOnly()
{
    DeviceIdentity identity(m_keyRing);
    const ClientDevice device = outcomeOf(identity.device());
    QVERIFY(!QUuid::fromString(device.identifier).isNull());
    QVERIFY(!identity.isKept());
    QCOMPARE(outcomeOf(identity.device()).identifier, device.identifier);
    DeviceIdentity nextRun(m_keyRing);
    QVERIFY(outcomeOf(nextRun.device()).identifier != device.identifier);
}

void TestNoKeyRing::callsAtOnceHaveTheSameIdentifier()
{
    DeviceIdentity identity(m_keyRing);
    Outcome first(identity.device());
    Outcome second(identity.device());
    const QString made = second.wait().identifier;
    QVERIFY(!made.isEmpty());
    QCOMPARE(first.wait().identifier, made);
}

void TestNoKeyRing::nothingIsMarkedAsKept()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.conf"_s));
    DeviceIdentity identity(m_keyRing);
    AccountStore store(settings, m_keyRing, identity);
    const auto kept = outcomeOf(
        store.keepRememberToken(u"account"_s, SecureBuffer::copyOf("token")));
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::KeyRingUnavailable);
    QVERIFY(!settings.rememberedUntil(u"account"_s));

    AccountServerProcess server;
    QVERIFY2(server.start(), qPrintable(server.problem()));
    const auto session = signedIn(server, u"demo");
    QVERIFY(session);
    QVERIFY(!outcomeOf(store.keepSession(session)));
    QVERIFY(!settings.staysSignedIn(
        accountKey(session->account().environment, session->account().email)));
}

void TestNoKeyRing::noFileHoldsTheSecretInstead()
{
    const QByteArray secret = "a secret that is found nowhere"_ba;
    QVERIFY(!outcomeOf(m_keyRing.write(u"any"_s, SecureBuffer::copyOf(secret))));
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(secret) && !bytes.contains(secret.toBase64()),
                 qPrintable(file.fileName()));
    }
}

QTEST_GUILESS_MAIN(TestNoKeyRing)
#include "tst_nokeyring.moc"
