// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <QJsonArray>

#include <optional>
#include <vector>

namespace Sparekey {

/// The requests of clients with their times, for tests and the bench. Stores only the names of
/// headers, and neither queries nor bodies, so that the log has no secrets.
class RequestLog
{
public:
    /// @return the number of the request, for `end`.
    [[nodiscard]] quint64 begin(const HttpRequest &request);
    /// @p status is 0 if the connection was dropped instead of an answer.
    void end(quint64 number, int status);
    void clear();

    /// `[{method, path, startUs, endUs, status, headers}]`. Times are microseconds of the
    /// computer's monotonic clock, so they can be compared with those of other processes. `endUs`
    /// and `status` are null while the answer is pending.
    [[nodiscard]] QJsonArray asJson() const;

private:
    struct Entry
    {
        quint64 number;
        QByteArray verb;
        QString path;
        QStringList headerNames;
        qint64 startUs;
        std::optional<qint64> endUs;
        int status = 0;
    };
    std::vector<Entry> m_entries;
    quint64 m_next = 1;
};

} // namespace Sparekey
