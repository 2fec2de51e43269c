// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/router.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

std::optional<QStringList> capturesOf(const QStringList &pattern, const QStringList &path)
{
    if (pattern.size() != path.size())
        return std::nullopt;
    QStringList captures;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == "{}"_L1)
            captures.append(path[i]);
        else if (pattern[i] != path[i])
            return std::nullopt;
    }
    return captures;
}

} // namespace

void Router::add(const QByteArray &verb, const QString &pattern, Handler handler)
{
    m_routes.push_back({verb, pattern.split(u'/'), std::move(handler)});
}

Router::Match Router::find(const QByteArray &verb, const QString &path) const
{
    const QStringList parts = path.split(u'/');
    Match match;
    for (const Route &route : m_routes) {
        const auto captures = capturesOf(route.parts, parts);
        if (!captures)
            continue;
        match.verbsOfThisPath.append(route.verb);
        if (route.verb == verb && !match.handler) {
            match.handler = &route.handler;
            match.captures = *captures;
        }
    }
    return match;
}

} // namespace Sparekey
