// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/singleinstance.h"
#include "tests/support/privatebus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;
using namespace Sparekey;

/// Second starts of the real program.
class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void handsItsOptionsOverAndEnds();
    void theProgramTakesThem();
    void worksWithoutABus();

private:
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments,
                                                  const QString &address);

    PrivateBus m_bus;
    QTemporaryDir m_home;
};

void TestSingleInstance::initTestCase()
{
    QVERIFY(m_bus.start());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
}

std::unique_ptr<QProcess> TestSingleInstance::start(const QStringList &arguments,
                                                    const QString &address)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QStringLiteral(SPAREKEY_PROGRAM), arguments);
    return process;
}

void TestSingleInstance::handsItsOptionsOverAndEnds()
{
    SingleInstance first;
    QCOMPARE(first.claim({}), SingleInstance::Role::First);
    QSignalSpy again(&first, &SingleInstance::startedAgain);
    const auto second = start({u"--server"_s, u"https://vault.example.org"_s, u"--email"_s,
                               u"me@example.org"_s, u"--certificate-authority"_s, u"ca.pem"_s},
                              m_bus.address());
    QTRY_COMPARE_WITH_TIMEOUT(again.count(), 1, 30'000);
    const auto options = again[0][0].value<StartOptions>();
    QCOMPARE(options.server.base, u"https://vault.example.org"_s);
    QCOMPARE(options.email, u"me@example.org"_s);
    QVERIFY(options.server.certificateAuthorityFile.endsWith(u"/ca.pem"_s));
    QVERIFY(second->state() == QProcess::NotRunning || second->waitForFinished());
    QCOMPARE(second->exitCode(), 0);
    QVERIFY(QDBusConnection::sessionBus().unregisterService(u"org.sparekey.Sparekey"_s));
}

void TestSingleInstance::theProgramTakesThem()
{
    const auto first = start({}, m_bus.address());
    auto *names = QDBusConnection::sessionBus().interface();
    QTRY_VERIFY_WITH_TIMEOUT(names->isServiceRegistered(u"org.sparekey.Sparekey"_s), 30'000);
    const auto second = start({}, m_bus.address());
    QVERIFY(second->waitForFinished(30'000));
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    first->terminate();
    QVERIFY(first->waitForFinished());
}

void TestSingleInstance::worksWithoutABus()
{
    QProcess alone;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
    alone.setProcessEnvironment(environment);
    alone.start(QCoreApplication::applicationFilePath(), {u"--claim"_s});
    QVERIFY(alone.waitForFinished());
    QCOMPARE(alone.exitCode(), 0);
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc > 1 && std::strcmp(argv[1], "--claim") == 0)
        return SingleInstance().claim({}) == SingleInstance::Role::First ? 0 : 1;
    TestSingleInstance test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_singleinstance.moc"
