// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/compositionroot.h"
#include "app/startoptions.h"
#include "core/files/unfinishedsaves.h"
#include "core/secret/processhardening.h"

#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QLocale>
#include <QNetworkProxyFactory>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTranslator>

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

// Without a graphics card Qt Quick would draw through an emulated one, which takes twice the time
// to start and 60 MB more than its own software renderer. The environment has the last word.
void chooseRenderer()
{
    if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND")
        || qEnvironmentVariableIsSet("QSG_RHI_BACKEND"))
        return;
    const QDir cards(u"/dev/dri"_s);
    if (cards.entryList({u"renderD*"_s}, QDir::System).isEmpty())
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}

// What was freed while the first page was being made goes back to the system: some megabytes.
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
            // The first page is made while the window can be seen already.
            if (!input->isEnabled() && window.property("ready").toBool()) {
                std::puts("ready");
                input->setEnabled(true);
            }
            std::fflush(stdout);
        },
        Qt::QueuedConnection);
}

void startWith(AppViewModel &app, const StartOptions &options)
{
    auto *signIn = app.signIn();
    if (!options.server.base.isEmpty() || !options.email.isEmpty())
        app.addAccount();
    if (!options.server.base.isEmpty())
        signIn->server()->preselect(options.server);
    if (!options.email.isEmpty())
        signIn->setEmail(options.email);
}

} // namespace

int main(int argc, char *argv[])
{
    hardenProcess();
    chooseRenderer();
    QQuickStyle::setStyle(u"Basic"_s);
    QNetworkProxyFactory::setUseSystemConfiguration(true);

    QGuiApplication application(argc, argv);
    // Without it Qt would look for, and load, the desktop's font besides ours.
    QGuiApplication::setFont(QFont(u"Inter"_s));
    QGuiApplication::setApplicationName(u"sparekey"_s);
    QGuiApplication::setApplicationDisplayName(u"Sparekey"_s);
    QGuiApplication::setApplicationVersion(QStringLiteral(SPAREKEY_VERSION));
    QGuiApplication::setDesktopFileName(u"sparekey"_s);
    // Elsewhere the desktop takes the icon from the desktop file, and drawing it costs memory.
    if (QGuiApplication::platformName() == "xcb"_L1)
        QGuiApplication::setWindowIcon(QIcon(u":/app/sparekey.svg"_s));

    // English is the language of the source, but for its plurals; other languages lie on top.
    QTranslator english;
    if (english.load(u":/i18n/sparekey_en.qm"_s))
        QCoreApplication::installTranslator(&english);
    QTranslator translator;
    if (translator.load(QLocale(), u"sparekey"_s, u"_"_s, u":/i18n"_s))
        QCoreApplication::installTranslator(&translator);

    const StartOptions options = parseStartOptions(application);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    setUnfinishedSavesFolder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                             + "/unfinished"_L1);
    QThreadPool::globalInstance()->start(&removeUnfinishedSaves);
    HardwareKeys::Transports keys = HardwareKeys::systemTransports();
#ifdef SPAREKEY_DEMO
    const DemoDetails demo = options.demoDetails ? readDemoDetails() : DemoDetails();
    std::ranges::copy(simulatedKeys(demo.simulatedKeys), std::back_inserter(keys));
#endif
    // The demo's choices must not replace those of a person who uses the program in earnest, and it
    // has no business in their keyring.
    CompositionRoot root(folder + (options.demoDetails ? "/demo.conf"_L1 : "/sparekey.conf"_L1),
                         std::move(keys), options.demoDetails ? QString() : u"sparekey"_s);
    startWith(root.app(), options);
#ifdef SPAREKEY_DEMO
    startWith(root.app(), demo.options);
    if (!demo.password.isEmpty())
        root.app().signIn()->prefillPassword(demo.password);
#endif

    QQmlApplicationEngine engine;
    if (!root.load(engine))
        return 1;
    if (auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst())) {
        trimMemoryOnceReady(*window);
        if (options.selfTest)
            announceFrames(*window);
    }
    return QGuiApplication::exec();
}
