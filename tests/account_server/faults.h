// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpfront.h"

#include <QRegularExpression>
#include <QUrl>

#include <optional>
#include <vector>

namespace Sparekey {

/// Kinds of faults between a client and a server. The names in quotes are used in the control
/// interface.
enum class FaultKind {
    Delay,        ///< "delay": the normal answer after `milliseconds`.
    Drop,         ///< "drop": the connection is reset before an answer.
    DropMidBody,  ///< "drop-mid-body": the same within the body of the normal answer.
    Truncate,     ///< "truncated": closed normally, but before `Content-Length`.
    Oversize,     ///< "oversized": 200 with 20 MB of valid JSON.
    Html,         ///< "html": 200 with a web page.
    ProxyBlock,   ///< "proxy-block": 403 with a web page, as from a firewall.
    Empty,        ///< "empty": 200 without a body.
    NotJson,      ///< "not-json": 200 with the type JSON, but an invalid body.
    Unauthorized, ///< "unauthorized": 401, empty.
    Forbidden,    ///< "forbidden": 403, empty.
    RateLimit,    ///< "rate-limit": 429 with `Retry-After: seconds`.
    ServerError,  ///< "server-error": `status` (500) with the official error envelope.
    Redirect,     ///< "redirect": `status` (302) to `location`, by default another host name.
    WrongType,    ///< "wrong-type": the normal answer with the type text/html.
};

/// A fault and the requests it applies to.
struct Fault
{
    FaultKind kind = FaultKind::Delay;
    QRegularExpression path;       ///< Matches the path without the base path.
    QByteArray verb = {};          ///< Empty: any.
    std::optional<int> times = {}; ///< Remaining uses; without a value, until the reset.
    int milliseconds = 1000;
    int seconds = 30;
    std::optional<int> status = {};
    QString location = {};
};

/// The active faults. The first one that matches a request is used.
class FaultPlan
{
public:
    /// Reads `{"path":"/api/two-factor*","fault":"delay","method":"GET","times":1,
    /// "milliseconds":…,"seconds":…,"status":…,"location":…}`; all members but `path` and
    /// `fault` are optional; `*` in `path` matches anything.
    /// @return the error in @p description, or nothing.
    [[nodiscard]] std::optional<QString> add(const QJsonObject &description);
    void clear();

    /// Returns the fault for this request and decrements its remaining uses.
    [[nodiscard]] std::optional<Fault> take(const QByteArray &verb, const QString &path);

private:
    std::vector<Fault> m_faults;
};

/// The answer with the fault. @p honest returns the normal answer and is called only for faults
/// that need it, so that a request that "never arrived" changes nothing. @p elsewhere is the same
/// resource with another host name.
[[nodiscard]] Delivery deliveryWith(const Fault &fault, const std::function<Answer()> &honest,
                                    const QUrl &elsewhere);

} // namespace Sparekey
