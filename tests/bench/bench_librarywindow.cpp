// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The real window with the Recovery codes section:
//
//   bench_librarywindow                 shows it without a library, for the memory
//   bench_librarywindow FILE            the same with the library of bench_library open
//   bench_librarywindow FILE --search   measures from a key press to the new list, row by row
//
// The first two print "first frame" and "ready" as `sparekey --self-test` does, and run until the
// standard input ends.

#include "app/compositionroot.h"
#include "tests/bench/pairs.h"
#include "tests/core/library/librarysamples.h"
#include "ui/secret/secretentry.h"
#include "ui/secret/secretinput.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <malloc.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

void open(LibraryViewModel &library, const QString &file)
{
    library.unlocking()->chooseFile(file);
    SecretInput input;
    input.fill(QString::fromUtf8(libraryKey().passphrase.view()));
    SecretEntry entry;
    entry.setInput(&input);
    library.unlocking()->unlock(&entry, {}, false);
}

// The list after each character of the search, with what the window shows of it: the median of
// several times, for each character.
void measureSearch(LibraryListModel &list)
{
    constexpr int ShownRows = 20;
    const auto roles = list.roleNames().keys();
    QJsonArray times;
    for (const QString &search : {u"google 499"_s, u"me@example"_s, u"none of these"_s}) {
        for (qsizetype length = 1; length <= search.size(); ++length) {
            std::array<double, pairsPerBench> same{};
            for (double &time : same) {
                list.setSearch(search.first(length - 1));
                time = millisecondsOf([&] {
                    list.setSearch(search.first(length));
                    for (int row = 0; row < std::min(list.count(), ShownRows); ++row) {
                        for (const int role : roles)
                            (void)list.data(list.index(row), role);
                    }
                });
            }
            std::ranges::sort(same);
            times.append(same[pairsPerBench / 2]);
        }
    }
    printMeasured(u"library-search-500"_s, times, {}, u"ms"_s);
}

} // namespace

int main(int argc, char *argv[])
{
    QQuickStyle::setStyle(u"Basic"_s);
    QGuiApplication application(argc, argv);
    const QStringList arguments = QGuiApplication::arguments().sliced(1);
    const QTemporaryDir folder;
    CompositionRoot root(folder.filePath(u"sparekey.conf"_s), {}, {});
    AppViewModel &app = root.app();
    app.setSection(AppViewModel::Section::RecoveryCodes);
    QQmlApplicationEngine engine;
    if (!root.load(engine))
        return 1;
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    if (!arguments.isEmpty())
        open(*app.library(), arguments.first());

    const bool search = arguments.contains("--search"_L1);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [] {
        char byte = 0;
        if (read(STDIN_FILENO, &byte, 1) <= 0)
            QCoreApplication::quit();
    });
    input.setEnabled(!search);
    // The list is on the screen with the second frame after it is complete.
    int framesLeft = 2;
    QObject::connect(
        window, &QQuickWindow::frameSwapped, &application,
        [&] {
            const bool isComplete = arguments.isEmpty()
                || app.library()->stage() == LibraryViewModel::Stage::Open;
            if (!isComplete || !window->property("ready").toBool() || --framesLeft != 0)
                return;
            if (search) {
                measureSearch(*app.library()->list());
                QCoreApplication::quit();
                return;
            }
            // As the program does when its first page is complete.
            malloc_trim(0);
            std::puts("first frame\nready");
            std::fflush(stdout);
        },
        Qt::QueuedConnection);
    // The software renderer draws a frame only when something has changed.
    QTimer frames;
    frames.callOnTimeout(window, &QQuickWindow::update);
    frames.start(10);
    return QGuiApplication::exec();
}
