// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/api/serveranswer.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The generic message of official model errors; the text of the field says more.
bool isGeneric(const QString &text)
{
    return text == "The model state is invalid."_L1 || text == "invalid_grant"_L1
        || text == "invalid_username_or_password"_L1;
}

QString firstValidationError(const JsonFields &fields)
{
    const auto errors = fields.object(u"validationErrors");
    const auto names = errors.names();
    for (const QString &name : names) {
        const auto texts = errors.array(name);
        if (!texts.isEmpty() && texts.first().isString())
            return texts.first().toString();
    }
    return {};
}

} // namespace

ForeignText serverText(const JsonFields &fields)
{
    const QString candidates[] = {
        firstValidationError(fields),
        fields.object(u"errorModel").text(u"message"),
        fields.text(u"message"),
        fields.text(u"error_description"),
        fields.object(u"error").text(u"description"),
        fields.text(u"error"),
    };
    for (const QString &candidate : candidates) {
        const ForeignText text(candidate);
        if (!text.isEmpty() && !isGeneric(text))
            return text;
    }
    return {};
}

Error errorFrom(const HttpAnswer &answer)
{
    Error error{.kind = ErrorKind::Refused, .subject = answer.host, .status = answer.status};
    const auto fields = JsonFields::parse(answer.body);
    if (fields)
        error.serverText = serverText(*fields);
    // A page of a proxy or of another web server instead of an account server's answer.
    const bool foreignPage = !fields && !answer.body.isEmpty();

    if (answer.status == 401) {
        error.kind = ErrorKind::SessionExpired;
    } else if (answer.status == 429) {
        error.kind = ErrorKind::RateLimited;
        error.retryAfter = answer.retryAfter.count() > 0 ? answer.retryAfter
                                                         : std::chrono::seconds(60);
    } else if (answer.status >= 500) {
        error.kind = ErrorKind::ServerFailure;
    } else if (foreignPage && answer.status != 422) {
        error.kind = ErrorKind::NotAnAccountServer;
    } else if (answer.status == 403) {
        error.kind = ErrorKind::NotAllowed;
    } else if (answer.status == 404 || answer.status == 405) {
        error.kind = ErrorKind::NotOffered;
    }
    return error;
}

bool isOutcomeUnknown(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ConnectionLost:
    case ErrorKind::TimedOut:
    case ErrorKind::TlsFailure:
    case ErrorKind::AnswerTooLarge:
    case ErrorKind::NotAnAccountServer:
    case ErrorKind::ServerFailure: return true;
    default: return false;
    }
}

Result<JsonFields> jsonFrom(const HttpAnswer &answer)
{
    if (!answer.isSuccess())
        return fail(errorFrom(answer));
    auto fields = JsonFields::parse(answer.body);
    if (!fields) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    return fields;
}

Result<JsonFields> jsonFrom(const Result<HttpAnswer> &answer)
{
    if (!answer)
        return fail(answer.error());
    return jsonFrom(*answer);
}

} // namespace Sparekey
