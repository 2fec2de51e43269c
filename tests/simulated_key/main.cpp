// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulated key for people: a window in which it can be plugged in, touched and laid on a
// reader. `./dev run` starts it beside the demo; it ends with its window, or when its standard
// input closes.

#include "tests/simulated_key/simulatedkeyviewmodel.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QSocketNotifier>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(u"A security key in software, to try Sparekey with."_s);
    options.addHelpOption();
    options.addOption({u"folder"_s, u"Where the key is lent."_s, u"path"_s});
    options.process(application);
    if (!options.isSet(u"folder"_s))
        options.showHelp(2);

    SimulatedKeyViewModel key(options.value(u"folder"_s));
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &input, [] {
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) <= 0)
            QCoreApplication::quit();
    });
    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s); // a default only from Qt 6.5 on
    engine.setInitialProperties({{u"key"_s, QVariant::fromValue(&key)}});
    engine.load(QUrl(u"qrc:/qt/qml/Sparekey/SimulatedKey/Main.qml"_s));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
