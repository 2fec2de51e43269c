// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/faults.h"

#include "tests/account_server/generation.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr std::array kindNames{
    std::pair{FaultKind::Delay, "delay"_L1},
    std::pair{FaultKind::Drop, "drop"_L1},
    std::pair{FaultKind::DropMidBody, "drop-mid-body"_L1},
    std::pair{FaultKind::Truncate, "truncated"_L1},
    std::pair{FaultKind::Oversize, "oversized"_L1},
    std::pair{FaultKind::Html, "html"_L1},
    std::pair{FaultKind::ProxyBlock, "proxy-block"_L1},
    std::pair{FaultKind::Empty, "empty"_L1},
    std::pair{FaultKind::NotJson, "not-json"_L1},
    std::pair{FaultKind::Unauthorized, "unauthorized"_L1},
    std::pair{FaultKind::Forbidden, "forbidden"_L1},
    std::pair{FaultKind::RateLimit, "rate-limit"_L1},
    std::pair{FaultKind::ServerError, "server-error"_L1},
    std::pair{FaultKind::Redirect, "redirect"_L1},
    std::pair{FaultKind::WrongType, "wrong-type"_L1},
};

constexpr auto json = "application/json; charset=utf-8";
constexpr auto webPage = "text/html; charset=utf-8";

std::optional<FaultKind> kindFromName(const QString &name)
{
    for (const auto &[kind, known] : kindNames) {
        if (known == name)
            return kind;
    }
    return std::nullopt;
}

QRegularExpression expressionFor(const QString &wildcard)
{
    QStringList literals;
    for (const QString &literal : wildcard.split(u'*'))
        literals.append(QRegularExpression::escape(literal));
    return QRegularExpression(QRegularExpression::anchoredPattern(literals.join(u".*"_s)));
}

QByteArray page(const QByteArray &title, const QByteArray &text)
{
    return "<!DOCTYPE html>\n<html><head><title>"_ba + title + "</title></head><body><h1>"_ba
        + title + "</h1><p>"_ba + text + "</p></body></html>\n"_ba;
}

Answer oversized()
{
    constexpr qsizetype twentyMegabytes = 20'000'000;
    return Answer{.contentType = json,
                  .body = R"({"object":"list","data":[],"padding":")"_ba
                      + QByteArray(twentyMegabytes, 'x') + R"("})"_ba};
}

} // namespace

std::optional<QString> FaultPlan::add(const QJsonObject &description)
{
    const auto kind = kindFromName(description.value("fault"_L1).toString());
    if (!kind)
        return u"There is no fault of that name."_s;
    const QString path = description.value("path"_L1).toString();
    if (path.isEmpty())
        return u"A fault needs a path."_s;
    Fault fault{.kind = *kind, .path = expressionFor(path)};
    fault.verb = description.value("method"_L1).toString().toLatin1();
    if (description.contains("times"_L1))
        fault.times = description.value("times"_L1).toInt();
    fault.milliseconds = description.value("milliseconds"_L1).toInt(fault.milliseconds);
    fault.seconds = description.value("seconds"_L1).toInt(fault.seconds);
    if (description.contains("status"_L1))
        fault.status = description.value("status"_L1).toInt();
    fault.location = description.value("location"_L1).toString();
    m_faults.push_back(fault);
    return std::nullopt;
}

void FaultPlan::clear()
{
    m_faults.clear();
}

std::optional<Fault> FaultPlan::take(const QByteArray &verb, const QString &path)
{
    for (Fault &fault : m_faults) {
        const bool fits = (fault.verb.isEmpty() || fault.verb == verb)
            && fault.path.match(path).hasMatch() && fault.times.value_or(1) > 0;
        if (!fits)
            continue;
        if (fault.times)
            --*fault.times;
        return fault;
    }
    return std::nullopt;
}

Delivery deliveryWith(const Fault &fault, const std::function<Answer()> &honest,
                      const QUrl &elsewhere)
{
    const AnswerWriter official(Generation::Token);
    switch (fault.kind) {
    case FaultKind::Delay: {
        Answer late = honest();
        late.delay += std::chrono::milliseconds(fault.milliseconds);
        return {.answer = late};
    }
    case FaultKind::Drop: return {.answer = {.status = 0}, .ending = Ending::Dropped};
    case FaultKind::DropMidBody: return {.answer = honest(), .ending = Ending::CutAndReset};
    case FaultKind::Truncate: return {.answer = honest(), .ending = Ending::CutAndClosed};
    case FaultKind::Oversize: return {.answer = oversized()};
    case FaultKind::Html:
        return {.answer = {.contentType = webPage,
                           .body = page("It works", "This is a web server, nothing more.")}};
    case FaultKind::ProxyBlock:
        return {.answer = {.status = 403,
                           .contentType = webPage,
                           .body = page("Access denied",
                                        "Traffic from your network looks unusual. Error 1020")}};
    case FaultKind::Empty: return {.answer = {.contentType = json}};
    case FaultKind::NotJson:
        return {.answer = {.contentType = json, .body = "{\"object\": <not at all>"}};
    case FaultKind::Unauthorized: return {.answer = official.unauthorized()};
    case FaultKind::Forbidden: return {.answer = official.forbidden()};
    case FaultKind::RateLimit: return {.answer = official.tooManyRequests(fault.seconds)};
    case FaultKind::ServerError:
        return {.answer = official.refusal(u"An unhandled server error has occurred."_s,
                                           fault.status.value_or(500))};
    case FaultKind::Redirect: {
        const QString target = fault.location.isEmpty() ? elsewhere.toString(QUrl::FullyEncoded)
                                                        : fault.location;
        return {.answer = {.status = fault.status.value_or(302),
                           .headers = {{"Location"_ba, target.toLatin1()}}}};
    }
    case FaultKind::WrongType: {
        Answer mislabeled = honest();
        mislabeled.contentType = webPage;
        return {.answer = mislabeled};
    }
    }
    Q_UNREACHABLE();
}

} // namespace Sparekey
