// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/policies.h"

#include "core/api/serveranswer.h"

#include <QCoroFuture>

#include <QJsonArray>
#include <QtConcurrentRun>

#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

/// In the protocol: PolicyType.TwoFactorAuthentication.
constexpr qint64 twoFactorAuthentication = 0;

// Room for ten thousand entries of five kilobytes.
constexpr qsizetype largestVault = 50 * 1024 * 1024;

// About twenty for each of hundreds of organizations.
constexpr qsizetype mostPolicies = 10'000;

} // namespace

QCoro::Task<Result<bool>> fetchTwoStepRequired(std::shared_ptr<Session> session,
                                               QStringList organizations)
{
    HttpRequest request = apiGet(session->account().environment.api, u"sync", session->device());
    request.url.setQuery(u"excludeDomains=true"_s);
    request.answerBytes = largestVault;
    auto answer = co_await session->send(std::move(request));
    if (!answer)
        co_return fail(answer.error());
    // Reading a large vault takes too long for the GUI thread.
    const auto shared = std::make_shared<const HttpAnswer>(std::move(*answer));
    auto reading = QtConcurrent::run(
        [shared, organizations] { return twoStepRequiredFrom(*shared, organizations); });
    co_return co_await reading;
}

Result<bool> twoStepRequiredFrom(const HttpAnswer &answer, const QStringList &organizations)
{
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    // The newest servers have two lists; the second also has the policies for accepted members.
    for (const auto *list : {u"policies", u"policiesNew"}) {
        const QJsonArray policies = fields->array(list);
        if (policies.size() > mostPolicies) {
            return fail({.kind = ErrorKind::ListTooLong,
                         .subject = answer.host,
                         .status = answer.status,
                         .count = static_cast<int>(policies.size())});
        }
        for (const QJsonValue entry : policies) {
            const JsonFields policy(entry.toObject());
            if (policy.number(u"type") == twoFactorAuthentication
                && policy.boolean(u"enabled").value_or(false)
                && organizations.contains(policy.text(u"organizationId"), Qt::CaseInsensitive))
                return true;
        }
    }
    return false;
}

} // namespace Sparekey
