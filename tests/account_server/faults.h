// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpfront.h"

#include <QRegularExpression>
#include <QUrl>

#include <optional>
#include <vector>

namespace Sparekey {

/// What can go wrong between a client and a server. The names in quotes are those of the control
/// interface.
enum class FaultKind {
    Delay,        ///< "delay": the true answer after `milliseconds`.
    Drop,         ///< "drop": the connection is reset before an answer.
    DropMidBody,  ///< "drop-mid-body": … is reset within the body of the true answer.
    Truncate,     ///< "truncated": … ends in order, but before `Content-Length`.
    Oversize,     ///< "oversized": 200 with 20 MB of valid JSON.
    Html,         ///< "html": 200 with a web page.
    ProxyBlock,   ///< "proxy-block": 403 with a web page, as from a firewall on the way.
    Empty,        ///< "empty": 200 without a body.
    NotJson,      ///< "not-json": 200 said to be JSON, with a body that is none.
    Unauthorized, ///< "unauthorized": 401, empty.
    Forbidden,    ///< "forbidden": 403, empty.
    RateLimit,    ///< "rate-limit": 429 with `Retry-After: seconds`.
    ServerError,  ///< "server-error": `status` (500) with the official error envelope.
    Redirect,     ///< "redirect": `status` (302) to `location`, by default another host name.
    WrongType,    ///< "wrong-type": the true answer, said to be text/html.
};

/// A fault and the requests it befalls.
struct Fault
{
    FaultKind kind = FaultKind::Delay;
    QRegularExpression path;       ///< Matches the path without the base path.
    QByteArray verb = {};          ///< Empty: any.
    std::optional<int> times = {}; ///< How often it still happens; nothing: until the reset.
    int milliseconds = 1000;
    int seconds = 30;
    std::optional<int> status = {};
    QString location = {};
};

/// The faults that are to happen, the first that fits first.
class FaultPlan
{
public:
    /// Reads `{"path":"/api/two-factor*","fault":"delay","method":"GET","times":1,
    /// "milliseconds":…,"seconds":…,"status":…,"location":…}`; all but `path` and `fault` may be
    /// left out, `*` in `path` stands for anything.
    /// @return what is wrong with @p description, or nothing.
    [[nodiscard]] std::optional<QString> add(const QJsonObject &description);
    void clear();

    /// The fault for this request, counted down.
    [[nodiscard]] std::optional<Fault> take(const QByteArray &verb, const QString &path);

private:
    std::vector<Fault> m_faults;
};

/// The answer that the fault makes. @p honest gives the true answer and is only called by faults
/// that need one, so that a request which "never arrived" changes nothing. @p elsewhere is the
/// same resource under another host name.
[[nodiscard]] Delivery deliveryWith(const Fault &fault, const std::function<Answer()> &honest,
                                    const QUrl &elsewhere);

} // namespace Sparekey
