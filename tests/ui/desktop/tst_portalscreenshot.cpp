// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/privatebus.h"
#include "tests/ui/desktop/screenshotportal.h"
#include "ui/desktop/portalscreenshot.h"

#include <QDBusPendingCall>
#include <QSignalSpy>
#include <QTest>

using namespace Sparekey;
using namespace Qt::StringLiterals;

class TestPortalScreenshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void isNotOfferedByAnOldPortal();
    void givesThePictureOfARegion();
    void tellsHowItEndedOtherwise_data();
    void tellsHowItEndedOtherwise();
    void failsIfThePortalRefuses();
    void ignoresTheAnswerAfterCanceling();

private:
    void takeOne()
    {
        m_screenshot->find();
        QTRY_VERIFY(m_screenshot->isAvailable());
        m_screenshot->take();
        QTRY_VERIFY(!m_portal->request.isEmpty());
    }

    PrivateBus m_bus;
    std::unique_ptr<ScreenshotPortal> m_portal;
    std::unique_ptr<PortalScreenshot> m_screenshot;
};

void TestPortalScreenshot::initTestCase()
{
    QVERIFY(m_bus.start());
    // Before anybody has looked for a bus.
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.address().toUtf8());
}

void TestPortalScreenshot::init()
{
    m_portal = std::make_unique<ScreenshotPortal>();
    QVERIFY(m_portal->start(m_bus.address()));
    m_screenshot = std::make_unique<PortalScreenshot>();
}

void TestPortalScreenshot::cleanup()
{
    m_screenshot.reset();
    m_portal->stop();
    m_portal.reset();
    QDBusConnection::disconnectFromBus(u"portal"_s);
}

void TestPortalScreenshot::isNotOfferedByAnOldPortal()
{
    m_portal->setProperty("version", 1U);
    m_screenshot->find();
    // The portal answers one call after the other.
    QSignalSpy available(m_screenshot.get(), &PortalScreenshot::availableChanged);
    auto call = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
                                               u"/org/freedesktop/portal/desktop"_s,
                                               u"org.freedesktop.DBus.Peer"_s, u"Ping"_s);
    auto ping = QDBusConnection::sessionBus().asyncCall(call);
    QTRY_VERIFY(ping.isFinished());
    QVERIFY(available.isEmpty());
    QVERIFY(!m_screenshot->isAvailable());
    m_screenshot->take();
    QVERIFY(m_portal->request.isEmpty());
}

void TestPortalScreenshot::givesThePictureOfARegion()
{
    takeOne();
    QCOMPARE(m_portal->options.value(u"interactive"_s).toBool(), true);
    QSignalSpy taken(m_screenshot.get(), &PortalScreenshot::taken);
    m_portal->choose(u"/tmp/a picture ä.png"_s);
    QTRY_COMPARE(taken.size(), 1);
    QCOMPARE(taken.first().first().toString(), u"/tmp/a picture ä.png"_s);
    // Each request gets one answer.
    m_portal->choose(u"/tmp/another.png"_s);
    const QString first = m_portal->request;
    m_screenshot->take();
    QTRY_VERIFY(m_portal->request != first);
    m_portal->choose(u"/tmp/second.png"_s);
    QTRY_COMPARE(taken.size(), 2);
    QCOMPARE(taken.last().first().toString(), u"/tmp/second.png"_s);
}

void TestPortalScreenshot::tellsHowItEndedOtherwise_data()
{
    QTest::addColumn<uint>("response");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("canceled");
    QTest::newRow("closed by the user") << 1U << QString() << true;
    QTest::newRow("another end") << 2U << QString() << false;
    QTest::newRow("no picture") << 0U << QString() << false;
    QTest::newRow("no file") << 0U << u"https://example.org/picture.png"_s << false;
}

void TestPortalScreenshot::tellsHowItEndedOtherwise()
{
    QFETCH(uint, response);
    QFETCH(QString, address);
    QFETCH(bool, canceled);
    takeOne();
    QSignalSpy taken(m_screenshot.get(), &PortalScreenshot::taken);
    QSignalSpy ended(m_screenshot.get(),
                     canceled ? &PortalScreenshot::canceled : &PortalScreenshot::failed);
    m_portal->respond(response, {{u"uri"_s, address}});
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(taken.isEmpty());
}

void TestPortalScreenshot::failsIfThePortalRefuses()
{
    m_portal->refuses = true;
    m_screenshot->find();
    QTRY_VERIFY(m_screenshot->isAvailable());
    QSignalSpy failed(m_screenshot.get(), &PortalScreenshot::failed);
    m_screenshot->take();
    QTRY_COMPARE(failed.size(), 1);
}

void TestPortalScreenshot::ignoresTheAnswerAfterCanceling()
{
    takeOne();
    QSignalSpy taken(m_screenshot.get(), &PortalScreenshot::taken);
    const QString first = m_portal->request;
    m_screenshot->cancel();
    m_portal->choose(u"/tmp/first.png"_s);
    m_screenshot->take();
    QTRY_VERIFY(m_portal->request != first);
    m_portal->choose(u"/tmp/second.png"_s);
    QTRY_COMPARE(taken.size(), 1);
    QCOMPARE(taken.first().first().toString(), u"/tmp/second.png"_s);
}

QTEST_MAIN(TestPortalScreenshot)
#include "tst_portalscreenshot.moc"
