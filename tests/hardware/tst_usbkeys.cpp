// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/hidreportdescriptor.h"
#include "core/hardware/usbkeys.h"
#include "tests/hardware/fakesystem.h"
#include "tests/hardware/processortime.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

const QByteArray keyDescriptor = FakeSystem::keyDescriptor();
// A mouse
const auto mouseDescriptor = QByteArray::fromHex("05010902a1010901a100c0c0");

/// What a listener was told.
class Reports
{
public:
    [[nodiscard]] KeyTransport::Listener listener()
    {
        return [this](KeyTransportReport report) {
            const std::lock_guard lock(m_mutex);
            m_reports.append(std::move(report));
            m_changed.notify_all();
        };
    }
    /// Nothing if it does not come.
    std::optional<KeyTransportReport> waitFor(int number, std::chrono::milliseconds time = 3s)
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait_for(lock, time, [&] { return m_reports.size() >= number; }))
            return {};
        return m_reports.at(number - 1);
    }
    int count()
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_reports.size());
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QList<KeyTransportReport> m_reports;
};

} // namespace

class TestUsbKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsAKeyByItsReportDescriptor()
    {
        QVERIFY(describesSecurityKey(keyDescriptor));
        QVERIFY(!describesSecurityKey(mouseDescriptor));
        QVERIFY(!describesSecurityKey({}));
        for (int i = 0; i < 5; ++i)
            QVERIFY(!describesSecurityKey(keyDescriptor.first(i)));
        // The page inside the data of another item
        QVERIFY(!describesSecurityKey(QByteArray::fromHex("2706d0f109050109020901")));
        QVERIFY(!describesSecurityKey(QByteArray::fromHex("fe06d0f10901")));
    }

    void listsKeysAndNothingElse()
    {
        const FakeSystem system;
        system.plugIn(u"hidraw0"_s, mouseDescriptor, "A Mouse");
        system.plugIn(u"hidraw1"_s, keyDescriptor, "Yubico YubiKey FIDO\x01");
        UsbKeys keys(system.places());
        Reports reports;
        keys.startWatching(reports.listener());
        const auto report = reports.waitFor(1);
        QVERIFY(report);
        QCOMPARE(report->devices.size(), 1);
        QCOMPARE(report->devices[0].name, u"Yubico YubiKey FIDO"_s);
        QCOMPARE(report->devices[0].id, u"usb:"_s + system.node(u"hidraw1"_s));
        QCOMPARE(report->devices[0].state, KeyDevice::State::Ready);
        keys.stopWatching();
    }

    void tellsOfAKeyWithin300Milliseconds()
    {
        const FakeSystem system;
        UsbKeys keys(system.places());
        Reports reports;
        keys.startWatching(reports.listener());
        QVERIFY(reports.waitFor(1)->devices.isEmpty());
        QElapsedTimer clock;
        clock.start();
        system.plugIn(u"hidraw7"_s, keyDescriptor, "Key");
        auto report = reports.waitFor(2);
        QVERIFY(report);
        QVERIFY2(clock.elapsed() < 300, QByteArray::number(clock.elapsed()).constData());
        QCOMPARE(report->devices.size(), 1);
        system.pullOut(u"hidraw7"_s);
        report = reports.waitFor(3);
        QVERIFY(report && report->devices.isEmpty());
        keys.stopWatching();
    }

    void sleepsWhileNothingHappens()
    {
        const FakeSystem system;
        UsbKeys keys(system.places());
        Reports reports;
        keys.startWatching(reports.listener());
        QVERIFY(reports.waitFor(1));
        const auto before = processorTime();
        QThread::msleep(1000);
        const auto used = processorTime() - before;
        QVERIFY2(used < 2ms, QByteArray::number(qlonglong(used.count())).constData());
        QCOMPARE(reports.count(), 1);
        keys.stopWatching();
    }

    void aStoppedWatchIsSilentAndCanBeginAgain()
    {
        const FakeSystem system;
        UsbKeys keys(system.places());
        Reports first;
        keys.startWatching(first.listener());
        QVERIFY(first.waitFor(1));
        keys.stopWatching();
        system.plugIn(u"hidraw0"_s, keyDescriptor, "Key");
        QVERIFY(!first.waitFor(2, 200ms));
        Reports second;
        keys.startWatching(second.listener());
        QCOMPARE(second.waitFor(1)->devices.size(), 1);
    }

    void aKeyThatMayNotBeOpenedIsListedAsSuch()
    {
        const FakeSystem system;
        system.plugIn(u"hidraw0"_s, keyDescriptor, "Key");
        // In a sandbox the kernel shows the key, but its node is missing.
        QFile::remove(system.node(u"hidraw0"_s));
        UsbKeys keys(system.places());
        Reports reports;
        keys.startWatching(reports.listener());
        QCOMPARE(reports.waitFor(1)->devices.value(0).state, KeyDevice::State::NoPermission);
    }

    void saysWhyAKeyCannotBeOpened()
    {
        const FakeSystem system;
        system.plugIn(u"hidraw0"_s, keyDescriptor, "Key");
        UsbKeys keys(system.places());
        const KeyDevice device{.id = u"usb:"_s + system.node(u"hidraw0"_s), .name = u"Key"_s};
        QVERIFY(keys.connect(device));

        const QByteArray path = QFile::encodeName(system.node(u"hidraw0"_s));
        const int other = ::open(path.constData(), O_RDWR | O_CLOEXEC);
        QCOMPARE(::flock(other, LOCK_EX | LOCK_NB), 0);
        const auto used = keys.connect(device);
        QCOMPARE(used.error().kind, ErrorKind::KeyInUse);
        QCOMPARE(used.error().subject, u"Key"_s);
        ::close(other);
        QVERIFY(keys.connect(device));

        if (::geteuid() != 0) { // root may open everything
            QFile::setPermissions(system.node(u"hidraw0"_s), {});
            QCOMPARE(keys.connect(device).error().kind, ErrorKind::KeyNoPermission);
        }
        system.pullOut(u"hidraw0"_s);
        QCOMPARE(keys.connect(device).error().kind, ErrorKind::KeyRemoved);
    }
};

} // namespace Sparekey

QTEST_GUILESS_MAIN(Sparekey::TestUsbKeys)
#include "tst_usbkeys.moc"
