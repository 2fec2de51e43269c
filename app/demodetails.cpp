// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demodetails.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Sparekey {

DemoDetails readDemoDetails()
{
    constexpr qint64 longestLine = 64 * 1024;
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    const auto json = QJsonDocument::fromJson(input.readLine(longestLine)).object();
    DemoDetails details;
    details.options.server.base = json.value("server"_L1).toString();
    details.options.server.certificateAuthorityFile = json.value("caFile"_L1).toString();
    details.options.email = json.value("email"_L1).toString();
    details.password = json.value("password"_L1).toString();
    const QJsonArray keys = json.value("simulatedKeys"_L1).toArray();
    for (const auto &folder : keys)
        details.simulatedKeys += folder.toString();
    return details;
}

} // namespace Sparekey
