// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/leftovers.h"

#include "core/secret/wipedstack.h"
#include "ui/shell/appviewmodel.h"

#include <QQmlEngine>
#include <QTimer>

#include <chrono>

namespace Sparekey {

using namespace std::chrono_literals;

void wipeLeftovers(AppViewModel &app, QQmlEngine &engine)
{
    auto *timer = new QTimer(&engine);
    timer->setSingleShot(true);
    // Pages and dialogs fade out first, and keep their strings until then.
    timer->setInterval(1s);
    QObject::connect(timer, &QTimer::timeout, &engine, [&engine] {
        engine.collectGarbage();
        releaseUnusedStack();
    });
    QObject::connect(app.accounts(), &AccountsViewModel::placeChanged, timer,
                     qOverload<>(&QTimer::start));
}

} // namespace Sparekey
