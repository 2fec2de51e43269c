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
class TestNoKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writingSaysThatThereIsNone();
    void readingFindsNothing();
    void demoHasNone();
    void nothingIsMarkedAsKept();
    void noFileHoldsTheSecretInstead();

private:
    Keyring m_keyring{u"sparekey-test"_s};
};

void TestNoKeyring::writingSaysThatThereIsNone()
{
    const auto written = outcomeOf(m_keyring.write(u"any"_s, SecureBuffer::copyOf("secret")));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::KeyringUnavailable);
}

void TestNoKeyring::readingFindsNothing()
{
    const auto read = outcomeOf(m_keyring.read(u"any"_s));
    QVERIFY(!read || read->isEmpty());
}

void TestNoKeyring::demoHasNone()
{
    Keyring none{QString()};
    QCOMPARE(outcomeOf(none.read(u"any"_s)).error().kind, ErrorKind::KeyringUnavailable);
    QCOMPARE(outcomeOf(none.write(u"any"_s, SecureBuffer::copyOf("secret"))).error().kind,
             ErrorKind::KeyringUnavailable);
}

void TestNoKeyring::nothingIsMarkedAsKept()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.conf"_s));
    DeviceIdentity identity(settings);
    AccountStore store(settings, m_keyring, identity);
    const auto kept = outcomeOf(
        store.keepRememberToken(u"account"_s, SecureBuffer::copyOf("token")));
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, ErrorKind::KeyringUnavailable);
    QVERIFY(!settings.rememberedUntil(u"account"_s));

    AccountServerProcess server;
    QVERIFY2(server.start(), qPrintable(server.problem()));
    const auto session = signedIn(server, u"demo");
    QVERIFY(session);
    QVERIFY(!outcomeOf(store.keepSession(session)));
    QVERIFY(!settings.staysSignedIn(session->account().key()));
}

void TestNoKeyring::noFileHoldsTheSecretInstead()
{
    const QByteArray secret = "a secret that is found nowhere"_ba;
    QVERIFY(!outcomeOf(m_keyring.write(u"any"_s, SecureBuffer::copyOf(secret))));
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains(secret) && !bytes.contains(secret.toBase64()),
                 qPrintable(file.fileName()));
    }
}

QTEST_GUILESS_MAIN(TestNoKeyring)
#include "tst_nokeyring.moc"
