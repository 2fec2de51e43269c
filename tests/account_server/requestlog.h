// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <QJsonArray>

#include <optional>
#include <vector>

namespace Sparekey {

/// What clients asked for and when, for tests and the bench. Keeps names of headers and never a
/// value of one, no query and no body: nothing secret can get in.
class RequestLog
{
public:
    /// @return the number by which `end` knows the request.
    [[nodiscard]] quint64 begin(const HttpRequest &request);
    /// @p status is 0 if the connection was dropped instead of an answer.
    void end(quint64 number, int status);
    void clear();

    /// `[{method, path, startUs, endUs, status, headers}]`. Times are microseconds of the
    /// monotonic clock of this computer, so they compare with those of other processes; `endUs`
    /// and `status` are null while an answer is still due.
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
