// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/compositionroot.h"
#include "app/language.h"
#include "app/singleinstance.h"
#include "app/startoptions.h"
#include "core/files/unfinishedsaves.h"
#include "core/secret/processhardening.h"
#include "ui/desktop/accessibleenabled.h"
#include "ui/desktop/timedclipboard.h"

#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QNetworkProxyFactory>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QThreadPool>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <malloc.h>
#include <memory>
#include <unistd.h>
#include <utility>

#ifdef SPAREKEY_DEMO
#include "app/demodetails.h"
#endif

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

// Without a graphics card Qt Quick would use an emulated one, which takes twice as long to start
// and 60 MB more than its own software renderer. Environment variables take precedence.
void chooseRenderer()
{
    if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND")
        || qEnvironmentVariableIsSet("QSG_RHI_BACKEND"))
        return;
    const QDir cards(u"/dev/dri"_s);
    if (cards.entryList({u"renderD*"_s}, QDir::System).isEmpty())
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

// Returns the memory to the system that was freed while the first page was created: some megabytes.
void trimMemoryOnceReady(QQuickWindow &window)
{
    const auto trim = std::make_shared<QMetaObject::Connection>();
    *trim = QObject::connect(
        &window, &QQuickWindow::frameSwapped, &window,
        [&window, trim] {
            if (!window.property("ready").toBool())
                return;
            malloc_trim(0);
            QObject::disconnect(*trim);
        },
        Qt::QueuedConnection);
}

void announceFrames(QQuickWindow &window)
{
    auto *input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, &window);
    input->setEnabled(false);
    QObject::connect(input, &QSocketNotifier::activated, qGuiApp, [] {
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) <= 0)
            QCoreApplication::quit();
    });

    QObject::connect(
        &window, &QQuickWindow::frameSwapped, &window,
        [&window, input, started = false]() mutable {
            if (!started)
                std::puts("first frame");
            started = true;
            // The first page is created after the window becomes visible.
            if (!input->isEnabled() && window.property("ready").toBool()) {
                std::puts("ready");
                input->setEnabled(true);
            }
            std::fflush(stdout);
        },
        Qt::QueuedConnection);
}

// For a second start of the program, which shows this window.
void bringToFront(QQuickWindow &window, const QString &activationToken)
{
    // Qt's Wayland plugin reads the token from here.
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    if (window.windowStates() & Qt::WindowMinimized)
        window.setWindowStates(window.windowStates() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.requestActivate();
}

void startWith(AppViewModel &app, const StartOptions &options)
{
    auto *signIn = app.accounts()->signIn();
    if (!options.server.base.isEmpty() || !options.email.isEmpty())
        app.accounts()->addAccount();
    if (!options.server.base.isEmpty())
        signIn->server()->preselect(options.server);
    if (!options.email.isEmpty())
        signIn->setEmail(options.email);
}

} // namespace

int main(int argc, char *argv[])
{
    hardenProcess();
    QCoreApplication::setApplicationName(u"sparekey"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SPAREKEY_VERSION));
    const StartOptions options = parseStartOptions(argc, argv);

    chooseRenderer();
    QQuickStyle::setStyle(u"Basic"_s);
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    const QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(u"Sparekey"_s);
    QGuiApplication::setDesktopFileName(u"sparekey"_s);
    const Language language;

    // A demo or a self-test never shares the window of a running program.
    SingleInstance instance;
    if (!options.demoDetails && !options.selfTest) {
        switch (instance.claim(options)) {
        case SingleInstance::Role::First: break;
        case SingleInstance::Role::HandedOver: return 0;
        case SingleInstance::Role::NoAnswer:
            std::fputs("Sparekey is running already, but does not answer.\n", stderr);
            return 1;
        }
    }

    // Otherwise Qt would also find and load the desktop's font.
    QGuiApplication::setFont(QFont(u"Inter"_s));
    ignoreForeignClipboardChanges();
    installAccessibleEnabledState();
    // Other platforms take the icon from the desktop file, and drawing it costs memory.
    if (QGuiApplication::platformName() == "xcb"_L1)
        QGuiApplication::setWindowIcon(QIcon(u":/app/sparekey.svg"_s));

    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    setUnfinishedSavesFolder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                             + "/unfinished"_L1);
    QThreadPool::globalInstance()->start(&removeUnfinishedSaves);
    QString settingsFile = folder + "/sparekey.conf"_L1;
    QString keyringService = u"sparekey"_s;
    HardwareKeys::Transports keys = HardwareKeys::systemTransports();
#ifdef SPAREKEY_DEMO
    const DemoDetails demo = options.demoDetails ? readDemoDetails() : DemoDetails();
    std::ranges::copy(simulatedKeys(demo.simulatedKeys), std::back_inserter(keys));
    if (options.demoDetails) {
        // A demo must not touch the user's real settings and keyring.
        settingsFile = folder + "/demo.conf"_L1;
        keyringService.clear();
    }
#endif
    CompositionRoot root(settingsFile, keyringService, std::move(keys));
    startWith(root.app(), options);
#ifdef SPAREKEY_DEMO
    startWith(root.app(), demo.options);
    if (!demo.password.isEmpty())
        root.app().accounts()->signIn()->prefillPassword(demo.password);
#endif

    QQmlApplicationEngine engine;
    if (!root.load(engine))
        return 1;
    if (auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst())) {
        trimMemoryOnceReady(*window);
        if (options.selfTest)
            announceFrames(*window);
        QObject::connect(&instance, &SingleInstance::startedAgain, window,
                         [&root, window](const StartOptions &more, const QString &token) {
                             startWith(root.app(), more);
                             bringToFront(*window, token);
                         });
    }
    return QGuiApplication::exec();
}
