// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// One sign-in with the real window: measures the longest stall of the GUI thread between the press
// of the sign-in button and the providers on the screen. Reads `{server, email, password}` from the
// standard input and prints `{longestStallMs, pressedUs, shownUs}`. The times are from the
// monotonic clock, like those in the account server's list of requests.

#include "app/compositionroot.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

using Clock = std::chrono::steady_clock;

qint64 microseconds(Clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

/// Runs in each iteration of the event loop and records the longest iteration.
class StallMeter
{
public:
    StallMeter()
    {
        m_timer.setInterval(0);
        m_timer.callOnTimeout([this] {
            const auto now = Clock::now();
            m_longest = std::max(m_longest, now - m_last);
            m_last = now;
        });
    }

    void start()
    {
        m_last = Clock::now();
        m_timer.start();
    }

    [[nodiscard]] double longestMilliseconds() const
    {
        return std::chrono::duration<double, std::milli>(m_longest).count();
    }

private:
    QTimer m_timer;
    Clock::time_point m_last;
    Clock::duration m_longest{};
};

int fail(const char *why)
{
    std::fprintf(stderr, "%s\n", why);
    return 1;
}

} // namespace

int main(int argc, char *argv[])
{
    QQuickStyle::setStyle(u"Basic"_s);
    QGuiApplication application(argc, argv);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return fail("There is no standard input.");
    const QJsonObject details = QJsonDocument::fromJson(input.readAll()).object();

    const QTemporaryDir folder;
    CompositionRoot root(folder.filePath(u"sparekey.conf"_s), u"sparekey"_s,
                         HardwareKeys::systemTransports());
    SignInViewModel *signIn = root.app().accounts()->signIn();
    SelfHostedAddresses addresses;
    addresses.base = details.value("server"_L1).toString();
    signIn->server()->preselect(addresses);
    signIn->setEmail(details.value("email"_L1).toString());

    QQmlApplicationEngine engine;
    if (!root.load(engine))
        return fail("The window could not be made.");
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());

    StallMeter stalls;
    Clock::time_point pressed;
    const auto press = [&] {
        pressed = Clock::now();
        stalls.start();
        signIn->submit(SecureBuffer::fromText(details.value("password"_L1).toString()));
    };
    const auto finish = [&] {
        const QJsonObject result{{u"longestStallMs"_s, stalls.longestMilliseconds()},
                                 {u"pressedUs"_s, microseconds(pressed)},
                                 {u"shownUs"_s, microseconds(Clock::now())}};
        std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
        QGuiApplication::quit();
    };
    // The page is created in steps. It is on the screen with the second frame after the page is
    // complete and the providers are loaded: the first frame may have been started before.
    int framesLeft = 2;
    QObject::connect(window, &QQuickWindow::frameSwapped, &application, [&] {
        using LoadState = TwoStepLoginViewModel::LoadState;
        AccountViewModel *account = root.app().accounts()->account();
        if (!account || account->twoStepLogin()->loadState() != LoadState::Loaded
            || !window->property("ready").toBool()) {
            return;
        }
        if (--framesLeft == 0)
            finish();
    });
    // The software renderer draws a frame only when something has changed.
    QTimer frames;
    frames.callOnTimeout(window, &QQuickWindow::update);
    frames.start(10);
    // The window's own first frames are not part of the sign-in.
    QTimer::singleShot(500, &application, press);
    QTimer::singleShot(20'000, &application, [&] {
        std::fprintf(stderr, "No providers after 20 s; sign-in step %d, place %d. %s\n",
                     int(signIn->step()), int(root.app().accounts()->place()),
                     qPrintable(signIn->errorText()));
        QCoreApplication::exit(1);
    });
    return QGuiApplication::exec();
}
