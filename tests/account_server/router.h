// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <functional>
#include <vector>

namespace Sparekey {

/// Finds the handler for a verb and a path. Each file in `endpoints/` adds its own routes, so that
/// a new endpoint needs only a new file and one line in `AccountServer`.
class Router
{
public:
    using Handler = std::function<Answer(const HttpRequest &)>;

    /// @p pattern is a path; `{}` matches any one part of it, which is stored in
    /// `HttpRequest::captures`.
    void add(const QByteArray &verb, const QString &pattern, Handler handler);

    struct Match
    {
        const Handler *handler = nullptr; ///< Null if there is no such route.
        QStringList captures;
        QByteArrayList verbsOfThisPath; ///< For 405: the verbs that the path supports.
    };
    [[nodiscard]] Match find(const QByteArray &verb, const QString &path) const;

private:
    struct Route
    {
        QByteArray verb;
        QStringList parts;
        Handler handler;
    };
    std::vector<Route> m_routes;
};

} // namespace Sparekey
