// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/secret/capslock.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>

#include <cstdlib>
#include <xcb/xcb.h>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

std::optional<bool> askServer(xcb_connection_t *connection)
{
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
    const auto cookie = xcb_query_pointer(connection, root);
    xcb_query_pointer_reply_t *reply = xcb_query_pointer_reply(connection, cookie, nullptr);
    if (!reply)
        return {};
    const bool on = (reply->mask & XCB_MOD_MASK_LOCK) != 0;
    std::free(reply);
    return on;
}

std::optional<bool> readLights()
{
    std::optional<bool> on;
    const QDir lights(u"/sys/class/leds"_s);
    const QStringList names = lights.entryList({u"*::capslock"_s}, QDir::Dirs | QDir::System);
    for (const QString &name : names) {
        QFile light(lights.filePath(name + "/brightness"_L1));
        if (light.open(QIODevice::ReadOnly))
            on = on.value_or(false) || light.readAll().trimmed() != "0";
    }
    return on;
}

} // namespace

std::optional<bool> isCapsLockOn()
{
    const QString platform = QGuiApplication::platformName();
    // The tests' platform has no keyboard, so the computer's keyboard is irrelevant.
    if (platform == "offscreen"_L1)
        return {};
    if (platform == "xcb"_L1) {
        auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
        return x11 && x11->connection() ? askServer(x11->connection()) : std::nullopt;
    }
    return readLights();
}

} // namespace Sparekey
