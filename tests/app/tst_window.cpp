// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/compositionroot.h"
#include "tests/support/accountserverprocess.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlExtensionPlugin>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QScreen>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

Q_IMPORT_QML_PLUGIN(SparekeyPlugin)

using namespace Qt::StringLiterals;
using namespace Sparekey;

using Place = AccountsViewModel::Place;
using Section = AppViewModel::Section;

/// The real window on an X server, on a screen that is smaller than the window would be.
class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void showsItsFirstFrameBeforeAPage();
    void fitsTheScreen();
    void showsEachSectionWithoutAnAccount();
    void createsAPageWhenItIsShown();
    void locksWhileADialogIsOpen();

private:
    void load();
    void signIn();
    [[nodiscard]] QQuickItem *shown(const QString &name) const;
    [[nodiscard]] bool focusIsInADialog() const;

    AccountServerProcess m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CompositionRoot> m_root;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow *m_window = nullptr;
};

void TestWindow::initTestCase()
{
    QVERIFY2(m_server.start({.requestsPerMinute = 0}), qPrintable(m_server.problem()));
    QQuickStyle::setStyle(u"Basic"_s);
}

void TestWindow::load()
{
    m_root = std::make_unique<CompositionRoot>(m_folder->filePath(u"sparekey.conf"_s), QString(),
                                               HardwareKeys::Transports());
    m_engine = std::make_unique<QQmlApplicationEngine>();
    QVERIFY(m_root->load(*m_engine));
    m_window = qobject_cast<QQuickWindow *>(m_engine->rootObjects().constFirst());
    QVERIFY(m_window);
}

void TestWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    load();
    QVERIFY(QTest::qWaitForWindowExposed(m_window));
    QTRY_VERIFY(m_window->property("ready").toBool());
    m_window->requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(m_window));
}

void TestWindow::cleanup()
{
    m_engine.reset();
    m_root.reset();
}

void TestWindow::signIn()
{
    const auto account = m_server.account(u"demo");
    auto *signIn = m_root->app().accounts()->signIn();
    signIn->server()->preselect({.base = m_server.http().toString()});
    signIn->setEmail(account.email);
    signIn->submit(SecureBuffer::fromText(account.password));
    QTRY_COMPARE_WITH_TIMEOUT(m_root->app().accounts()->place(), Place::Account, 30'000);
}

QQuickItem *TestWindow::shown(const QString &name) const
{
    const auto found = m_window->findChildren<QQuickItem *>(name);
    for (QQuickItem *item : found) {
        if (item->isVisible())
            return item;
    }
    return nullptr;
}

bool TestWindow::focusIsInADialog() const
{
    for (auto *item = m_window->activeFocusItem(); item; item = item->parentItem()) {
        if (item->inherits("QQuickOverlay"))
            return true;
    }
    return false;
}

void TestWindow::showsItsFirstFrameBeforeAPage()
{
    cleanup();
    load();
    bool empty = false;
    connect(
        m_window, &QQuickWindow::frameSwapped, this,
        [&] { empty = !m_window->findChild<QQuickItem *>(u"frame.app"_s); },
        Qt::SingleShotConnection);
    QTRY_VERIFY(m_window->property("ready").toBool());
    QVERIFY(empty);
    QVERIFY(shown(u"page.signIn"_s));
}

void TestWindow::fitsTheScreen()
{
    const QSize room = m_window->screen()->availableSize();
    QVERIFY(room.height() < 780);
    QVERIFY(m_window->width() <= room.width());
    QVERIFY(m_window->height() < room.height());
}

void TestWindow::showsEachSectionWithoutAnAccount()
{
    AppViewModel &app = m_root->app();
    QCOMPARE(app.section(), Section::Accounts);
    QVERIFY(shown(u"page.signIn"_s));
    QVERIFY(!app.canLock());
    app.setSection(Section::Start);
    QTRY_VERIFY(shown(u"page.start"_s));
    QVERIFY(!shown(u"page.signIn"_s));
    app.setSection(Section::SecurityKeys);
    QTRY_VERIFY(shown(u"page.hardwareKeys"_s));
    QTRY_VERIFY(app.securityKeys()->isShown());
    app.setSection(Section::Preferences);
    QTRY_VERIFY(shown(u"page.preferences"_s));
    QVERIFY(!shown(u"switch.staySignedIn"_s));
    QTRY_VERIFY(!app.securityKeys()->isShown());

    // The end of the sign-in does not take a person away from where they went meanwhile.
    signIn();
    QCOMPARE(app.section(), Section::Preferences);
    QVERIFY(app.canLock());
    QTRY_VERIFY(shown(u"switch.staySignedIn"_s));
    app.accounts()->signOut();
    QTRY_VERIFY(shown(u"page.signIn"_s));
}

void TestWindow::createsAPageWhenItIsShown()
{
    const auto exists = [this](const QString &name) {
        return m_window->findChild<QQuickItem *>(name) != nullptr;
    };
    QVERIFY(exists(u"page.signIn"_s));
    QVERIFY(!exists(u"page.start"_s));
    QVERIFY(!exists(u"page.hardwareKeys"_s));
    QVERIFY(!exists(u"page.preferences"_s));
    m_root->app().setSection(Section::Preferences);
    QVERIFY(exists(u"page.preferences"_s));
    m_root->app().setSection(Section::Accounts);
    QVERIFY(exists(u"page.preferences"_s));
}

void TestWindow::locksWhileADialogIsOpen()
{
    signIn();
    QTRY_VERIFY(shown(u"page.security"_s));
    AppViewModel &app = m_root->app();
    app.accounts()->account()->twoStepLogin()->recoveryCode()->open();
    QTRY_VERIFY(focusIsInADialog());
    QTest::keyClick(m_window, Qt::Key_L, Qt::ControlModifier);
    QTRY_COMPARE(app.accounts()->place(), Place::Locked);
    QTRY_VERIFY(shown(u"page.unlock"_s));
    QCOMPARE(app.accounts()->account()->twoStepLogin()->recoveryCode()->stage(),
             RecoveryCodeViewModel::Stage::Closed);
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
