// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/accountserverprocess.h"
#include "tests/support/privatebus.h"
#include "ui/shell/appviewmodel.h"

#include <QClipboard>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWindow>

#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace Sparekey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Place = AccountsViewModel::Place;

namespace {

class KeyCounter : public QWindow
{
public:
    [[nodiscard]] int keys() const { return m_keys; }

protected:
    void keyPressEvent(QKeyEvent *) override { ++m_keys; }

private:
    int m_keys = 0;
};

const QString sessionPath = u"/org/freedesktop/login1/session/_33"_s;

/// The manager of login1, as far as a program that locks itself talks to it.
class LoginManager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    /// The delay locks that were given and are still held.
    int held()
    {
        std::erase_if(m_locks, [](int end) {
            pollfd state{.fd = end, .events = 0, .revents = 0};
            const bool released = poll(&state, 1, 0) == 1 && (state.revents & POLLERR) != 0;
            if (released)
                ::close(end);
            return released;
        });
        return static_cast<int>(m_locks.size());
    }
    QStringList asked;

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        Q_UNUSED(why)
        asked += QStringList{what, who, mode}.join(u' ');
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return {};
        // The program holds the end for reading; ours breaks when the last copy is closed.
        m_locks.push_back(ends[1]);
        QDBusUnixFileDescriptor given(ends[0]);
        ::close(ends[0]);
        return given;
    }
    QDBusObjectPath GetSession(const QString &id)
    {
        return QDBusObjectPath(id == "3"_L1 ? sessionPath : u"/nowhere"_s);
    }

Q_SIGNALS:
    void PrepareForSleep(bool start);

private:
    std::vector<int> m_locks;
};

} // namespace

class TestAutoLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void locksWhenTheWindowIsNotUsed();
    void staysOpenWhileTheWindowIsUsed();
    void staysOpenForEverWhereThatIsChosen();
    void takesAChangedTimeAtOnce();
    void locksInsteadOfTakingAKeyAfterALongSleep();
    void locksWhenTheScreenIsLocked_data();
    void locksWhenTheScreenIsLocked();
    void doesNotListenToOthersOrToOtherNews_data();
    void doesNotListenToOthersOrToOtherNews();
    void holdsTheSleepUntilItIsLocked();
    void asksForNothingWhileNobodyIsSignedIn();
    void locksAfterFiveMinutesUnlessAnotherTimeWasChosen();
    void wipesWhatIsOnTheScreenBeforeTheComputerSleeps();
    void takesACopiedPassphraseBack();
    void isArmedAgainAfterTheUnlock();
    void locksTheOthersWhileOneMoreAccountSignsIn();
    void doesNotShowACodeThatComesAfterTheLock();

private:
    void send(const QString &path, const QString &interface, const QString &name,
              const QVariantList &arguments, QDBusConnection *from = nullptr);

    PrivateBus m_sessionBus;
    PrivateBus m_systemBus;
    LoginManager m_manager;
    QDBusConnection m_login{u"login"_s};
    QDBusConnection m_desktop{u"desktop"_s};
    AccountServerProcess m_server;
    std::unique_ptr<AutoLock> m_lock;
    std::unique_ptr<QSignalSpy> m_wanted;
};

void TestAutoLock::initTestCase()
{
    QVERIFY(m_sessionBus.start());
    QVERIFY(m_systemBus.start());
    // Before anybody has looked for a bus.
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_sessionBus.address().toUtf8());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_systemBus.address().toUtf8());
    qputenv("XDG_SESSION_ID", "3");

    m_login = QDBusConnection::connectToBus(m_systemBus.address(), u"login"_s);
    QVERIFY(m_login.registerService(u"org.freedesktop.login1"_s));
    QVERIFY(m_login.registerObject(u"/org/freedesktop/login1"_s, &m_manager,
                                   QDBusConnection::ExportAllSlots
                                       | QDBusConnection::ExportAllSignals));
    m_desktop = QDBusConnection::connectToBus(m_sessionBus.address(), u"desktop"_s);
    for (const auto name : {"freedesktop"_L1, "gnome"_L1, "cinnamon"_L1, "mate"_L1, "xfce"_L1}) {
        QVERIFY(m_desktop.registerService("org."_L1 + name + ".ScreenSaver"_L1));
    }
    QVERIFY2(m_server.start(), qPrintable(m_server.problem()));
}

void TestAutoLock::init()
{
    m_manager.asked.clear();
    m_lock = std::make_unique<AutoLock>();
    m_wanted = std::make_unique<QSignalSpy>(m_lock.get(), &AutoLock::lockWanted);
    // As the window does.
    connect(m_lock.get(), &AutoLock::lockWanted, m_lock.get(), &AutoLock::disarm);
}

void TestAutoLock::cleanup()
{
    m_wanted.reset();
    m_lock.reset();
    QTRY_COMPARE(m_manager.held(), 0);
}

void TestAutoLock::send(const QString &path, const QString &interface, const QString &name,
                        const QVariantList &arguments, QDBusConnection *from)
{
    auto signal = QDBusMessage::createSignal(path, interface, name);
    signal.setArguments(arguments);
    auto &bus = from ? *from : interface.contains(u"ScreenSaver"_s) ? m_desktop : m_login;
    QVERIFY(bus.send(signal));
}

void TestAutoLock::locksWhenTheWindowIsNotUsed()
{
    m_lock->setIdleLimit(300ms);
    m_lock->arm();
    QTest::qWait(150);
    QCOMPARE(m_wanted->count(), 0);
    QTRY_COMPARE(m_wanted->count(), 1);
    QTest::qWait(500); // once
    QCOMPARE(m_wanted->count(), 1);
}

void TestAutoLock::staysOpenWhileTheWindowIsUsed()
{
    QWindow window;
    m_lock->setIdleLimit(600ms);
    m_lock->arm();
    for (int i = 0; i < 10; ++i) {
        QTest::qWait(120);
        QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &key);
    }
    QCOMPARE(m_wanted->count(), 0);
    QTRY_COMPARE(m_wanted->count(), 1);
}

void TestAutoLock::staysOpenForEverWhereThatIsChosen()
{
    m_lock->setIdleLimit(0ms);
    m_lock->arm();
    QTest::qWait(500);
    QCOMPARE(m_wanted->count(), 0);
}

void TestAutoLock::takesAChangedTimeAtOnce()
{
    m_lock->setIdleLimit(std::chrono::hours(1));
    m_lock->arm();
    QTest::qWait(200);
    m_lock->setIdleLimit(100ms);
    QCOMPARE(m_wanted->count(), 1);
}

void TestAutoLock::locksInsteadOfTakingAKeyAfterALongSleep()
{
    m_lock->setIdleLimit(100ms);
    m_lock->arm();
    // The timer did not run meanwhile, as while the computer sleeps.
    std::this_thread::sleep_for(300ms);
    KeyCounter window;
    QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &key);
    QCOMPARE(m_wanted->count(), 1);
    QCOMPARE(window.keys(), 0);
    QCoreApplication::sendEvent(&window, &key);
    QCOMPARE(window.keys(), 1);
}

void TestAutoLock::locksWhenTheScreenIsLocked_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QVariantList>("arguments");

    const auto saver = [](const char *row, const QString &path, const QString &interface) {
        QTest::newRow(row) << path << interface << u"ActiveChanged"_s << QVariantList{true};
    };
    saver("freedesktop", u"/org/freedesktop/ScreenSaver"_s, u"org.freedesktop.ScreenSaver"_s);
    saver("KDE", u"/ScreenSaver"_s, u"org.freedesktop.ScreenSaver"_s);
    saver("GNOME", u"/org/gnome/ScreenSaver"_s, u"org.gnome.ScreenSaver"_s);
    saver("Cinnamon", u"/org/cinnamon/ScreenSaver"_s, u"org.cinnamon.ScreenSaver"_s);
    saver("MATE", u"/org/mate/ScreenSaver"_s, u"org.mate.ScreenSaver"_s);
    saver("Xfce", u"/org/xfce/ScreenSaver"_s, u"org.xfce.ScreenSaver"_s);
    QTest::newRow("the session is told to lock")
        << sessionPath << u"org.freedesktop.login1.Session"_s << u"Lock"_s << QVariantList();
    QTest::newRow("the session says that it is locked")
        << sessionPath << u"org.freedesktop.DBus.Properties"_s << u"PropertiesChanged"_s
        << QVariantList{u"org.freedesktop.login1.Session"_s, QVariantMap{{u"LockedHint"_s, true}},
                        QStringList()};
}

void TestAutoLock::locksWhenTheScreenIsLocked()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    QFETCH(const QString, name);
    QFETCH(const QVariantList, arguments);
    m_lock->arm();
    // Said again until it listens; it wants a lock once.
    QTRY_VERIFY((send(path, interface, name, arguments), m_wanted->count() > 0));
    QCOMPARE(m_wanted->count(), 1);
}

void TestAutoLock::doesNotListenToOthersOrToOtherNews_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("interface");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QVariantList>("arguments");
    QTest::addColumn<bool>("stranger");

    QTest::newRow("the screen is open again")
        << u"/org/gnome/ScreenSaver"_s << u"org.gnome.ScreenSaver"_s << u"ActiveChanged"_s
        << QVariantList{false} << false;
    QTest::newRow("the computer woke up")
        << u"/org/freedesktop/login1"_s << u"org.freedesktop.login1.Manager"_s
        << u"PrepareForSleep"_s << QVariantList{false} << false;
    QTest::newRow("another person's session")
        << u"/org/freedesktop/login1/session/_34"_s << u"org.freedesktop.login1.Session"_s
        << u"Lock"_s << QVariantList() << false;
    QTest::newRow("another property")
        << sessionPath << u"org.freedesktop.DBus.Properties"_s << u"PropertiesChanged"_s
        << QVariantList{u"org.freedesktop.login1.Session"_s, QVariantMap{{u"Active"_s, true}},
                        QStringList()}
        << false;
    QTest::newRow("a stranger who says that the screen is locked")
        << u"/org/gnome/ScreenSaver"_s << u"org.gnome.ScreenSaver"_s << u"ActiveChanged"_s
        << QVariantList{true} << true;
}

void TestAutoLock::doesNotListenToOthersOrToOtherNews()
{
    QFETCH(const QString, path);
    QFETCH(const QString, interface);
    QFETCH(const QString, name);
    QFETCH(const QVariantList, arguments);
    QFETCH(const bool, stranger);
    m_lock->arm();
    QTRY_COMPARE(m_manager.held(), 1);
    QTest::qWait(200); // by then it listens, as the end of this test proves
    auto other = QDBusConnection::connectToBus(m_sessionBus.address(), u"stranger"_s);
    send(path, interface, name, arguments, stranger ? &other : nullptr);
    QTest::qWait(150);
    QDBusConnection::disconnectFromBus(u"stranger"_s);
    QCOMPARE(m_wanted->count(), 0);
    send(sessionPath, u"org.freedesktop.login1.Session"_s, u"Lock"_s, {});
    QTRY_COMPARE(m_wanted->count(), 1);
}

void TestAutoLock::holdsTheSleepUntilItIsLocked()
{
    m_lock->arm();
    QTRY_COMPARE(m_manager.held(), 1);
    QCOMPARE(m_manager.asked, QStringList(u"sleep Sparekey delay"_s));
    bool heldWhenLocking = false;
    connect(m_lock.get(), &AutoLock::lockWanted, this,
            [&] { heldWhenLocking = m_manager.held() == 1; });
    Q_EMIT m_manager.PrepareForSleep(true);
    QTRY_COMPARE(m_wanted->count(), 1);
    QVERIFY(heldWhenLocking);
    QTRY_COMPARE(m_manager.held(), 0);

    m_lock->arm();
    QTRY_COMPARE(m_manager.held(), 1);
}

void TestAutoLock::asksForNothingWhileNobodyIsSignedIn()
{
    QTest::qWait(100);
    QCOMPARE(m_manager.asked, QStringList());
    m_lock->arm();
    m_lock->disarm();
    // What was asked for in that moment is given back.
    QTRY_COMPARE(m_manager.asked.size(), 1);
    QTRY_COMPARE(m_manager.held(), 0);
    Q_EMIT m_manager.PrepareForSleep(true);
    QTest::qWait(100);
    QCOMPARE(m_wanted->count(), 0);
}

namespace {

/// The whole program but its window, with somebody signed in.
struct SignedInApp
{
    explicit SignedInApp(AccountServerProcess &server, QStringView role)
        : services(folder.filePath(u"sparekey.conf"_s), u"sparekey-test"_s,
                   HardwareKeys::Transports())
        , app(services)
    {
        const auto account = server.account(role);
        password = account.password;
        app.accounts()->signIn()->server()->preselect({.base = server.http().toString()});
        app.accounts()->signIn()->setEmail(account.email);
        app.accounts()->signIn()->submit(SecureBuffer::fromText(password));
    }
    TwoStepLoginViewModel &page() { return *app.accounts()->account()->twoStepLogin(); }

    QTemporaryDir folder;
    Services services;
    AppViewModel app;
    QString password;
};

} // namespace

void TestAutoLock::locksAfterFiveMinutesUnlessAnotherTimeWasChosen()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"sparekey.conf"_s);
    ColorScheme colorScheme;
    TextScale textScale;
    {
        Settings settings(file);
        PreferencesViewModel preferences(settings, colorScheme, textScale);
        QCOMPARE(preferences.lockAfter(), 5min);
        QCOMPARE(preferences.lockChoices().size(), 6);
        QSignalSpy changed(&preferences, &PreferencesViewModel::changed);
        preferences.setLockChoice(0);
        QCOMPARE(preferences.lockAfter(), 0min);
        preferences.setLockChoice(5);
        preferences.setLockChoice(6);
        QCOMPARE(changed.count(), 2);
    }
    Settings settings(file);
    PreferencesViewModel preferences(settings, colorScheme, textScale);
    QCOMPARE(preferences.lockAfter(), 60min);
    QCOMPARE(preferences.lockChoice(), 5);
}

void TestAutoLock::wipesWhatIsOnTheScreenBeforeTheComputerSleeps()
{
    QVERIFY(m_server.reset());
    SignedInApp it(m_server, u"demo");
    QCOMPARE(m_manager.asked, QStringList());
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    QTRY_COMPARE(it.page().loadState(), TwoStepLoginViewModel::LoadState::Loaded);
    QTRY_COMPARE(m_manager.held(), 1);

    auto *code = it.page().recoveryCode();
    code->open();
    code->verification()->submit(SecureBuffer::fromText(it.password));
    QTRY_COMPARE_WITH_TIMEOUT(code->stage(), RecoveryCodeViewModel::Stage::Shown, 20'000);
    code->copy();
    QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    auto *authenticator = it.page().authenticator();
    QVERIFY(it.page().manage(static_cast<int>(ProviderType::Authenticator)));
    authenticator->verification()->submit(SecureBuffer::fromText(it.password));
    QTRY_COMPARE_WITH_TIMEOUT(authenticator->stage(), ProviderViewModel::Stage::Open, 20'000);
    QVERIFY(!authenticator->uri()->isEmpty());

    Q_EMIT m_manager.PrepareForSleep(true);
    QTRY_COMPARE(it.app.accounts()->place(), Place::Locked);
    QVERIFY(code->code()->isEmpty());
    QCOMPARE(code->stage(), RecoveryCodeViewModel::Stage::Closed);
    QCOMPARE(authenticator->stage(), ProviderViewModel::Stage::Closed);
    QVERIFY(authenticator->uri()->isEmpty());
    QVERIFY(authenticator->keyText()->isEmpty());
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QTRY_COMPARE(m_manager.held(), 0);
}

void TestAutoLock::takesACopiedPassphraseBack()
{
    QVERIFY(m_server.reset());
    SignedInApp it(m_server, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    auto *code = it.page().recoveryCode();
    code->open();
    code->verification()->submit(SecureBuffer::fromText(it.password));
    QTRY_COMPARE_WITH_TIMEOUT(code->stage(), RecoveryCodeViewModel::Stage::Shown, 20'000);
    code->sheet()->generatePassphrase();
    code->sheet()->copyPassphrase();
    QVERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    it.app.lock();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestAutoLock::isArmedAgainAfterTheUnlock()
{
    QVERIFY(m_server.reset());
    SignedInApp it(m_server, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    QTRY_COMPARE(it.page().loadState(), TwoStepLoginViewModel::LoadState::Loaded);
    send(u"/org/gnome/ScreenSaver"_s, u"org.gnome.ScreenSaver"_s, u"ActiveChanged"_s, {true});
    QTRY_COMPARE(it.app.accounts()->place(), Place::Locked);

    const auto asked = m_server.requestedPaths().size();
    it.app.accounts()->unlock()->submit(SecureBuffer::fromText(it.password));
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    QCOMPARE(m_server.requestedPaths().mid(asked).value(0),
             u"POST /api/accounts/verify-password"_s);
    // What the lock may have cut off is looked up.
    QTRY_VERIFY(m_server.requestedPaths().mid(asked).contains(u"GET /api/two-factor"_s));
    QTRY_COMPARE(m_manager.held(), 1);
    send(u"/org/gnome/ScreenSaver"_s, u"org.gnome.ScreenSaver"_s, u"ActiveChanged"_s, {true});
    QTRY_COMPARE(it.app.accounts()->place(), Place::Locked);
}

void TestAutoLock::locksTheOthersWhileOneMoreAccountSignsIn()
{
    QVERIFY(m_server.reset());
    SignedInApp it(m_server, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    it.app.accounts()->addAccount();
    QCOMPARE(it.app.accounts()->place(), Place::SignIn);
    QTRY_COMPARE(m_manager.held(), 1);
    const auto other = m_server.account(u"second-step");
    it.app.accounts()->signIn()->server()->preselect({.base = m_server.http().toString()});
    it.app.accounts()->signIn()->setEmail(other.email);
    it.app.accounts()->signIn()->submit(SecureBuffer::fromText(other.password));
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->signIn()->step(),
                              SignInViewModel::Step::SecondStep, 20'000);

    Q_EMIT m_manager.PrepareForSleep(true);
    QTRY_COMPARE(it.app.accounts()->signIn()->step(), SignInViewModel::Step::Form);
    QTRY_COMPARE(m_manager.held(), 0);
    it.app.accounts()->goBack();
    QCOMPARE(it.app.accounts()->place(), Place::Locked);
}

void TestAutoLock::doesNotShowACodeThatComesAfterTheLock()
{
    QVERIFY(m_server.reset());
    SignedInApp it(m_server, u"demo");
    QTRY_COMPARE_WITH_TIMEOUT(it.app.accounts()->place(), Place::Account, 20'000);
    QVERIFY(m_server.setFault(u"/api/two-factor/get-recover"_s, u"delay"_s,
                              {{u"milliseconds"_s, 400}}));
    auto proof = std::make_shared<Proof>();
    proof->passwordHash = SecureBuffer::copyOf("of a method that was just turned on");
    auto *code = it.page().recoveryCode();
    code->openAfterFirstMethod(std::move(proof));
    it.app.lock();
    QTRY_VERIFY(m_server.requestedPaths().contains(u"POST /api/two-factor/get-recover"_s));
    QTest::qWait(900);
    QCOMPARE(code->stage(), RecoveryCodeViewModel::Stage::Closed);
    QVERIFY(code->code()->isEmpty());
}

QTEST_MAIN(TestAutoLock)
#include "tst_autolock.moc"
