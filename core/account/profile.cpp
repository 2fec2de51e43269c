// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/profile.h"

#include "core/account/kdfassessment.h"
#include "core/api/serveranswer.h"

#include <QCoroSignal>
#include <QJsonArray>
#include <QUuid>

#include <optional>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr qsizetype longestName = 100;
constexpr qsizetype longestEmail = 254;
/// Each becomes a row with a page of its own.
constexpr qsizetype MostOrganizations = 500;

// Values of the protocol: OrganizationUserType, OrganizationUserStatusType.
constexpr qint64 owner = 0;
constexpr qint64 admin = 1;
constexpr qint64 accepted = 1;
constexpr qint64 confirmed = 2;

std::optional<ManagedOrganization> managedOrganization(const JsonFields &entry)
{
    const QString id = entry.text(u"id");
    const auto type = entry.number(u"type");
    const bool mayManage = type == owner || type == admin
        || entry.object(u"permissions").boolean(u"managePolicies").value_or(false);
    // The id becomes part of URLs.
    if (!mayManage || QUuid::fromString(id).isNull() || entry.number(u"status") != confirmed
        || !entry.boolean(u"enabled").value_or(false)
        || !entry.boolean(u"use2fa").value_or(false)) {
        return {};
    }
    return ManagedOrganization{.id = QUuid::fromString(id).toString(QUuid::WithoutBraces),
                               .name = ForeignText(entry.text(u"name"), longestName),
                               .enforces = entry.boolean(u"usePolicies").value_or(false)};
}

bool isUnderPolicies(const JsonFields &entry)
{
    const auto type = entry.number(u"type");
    const auto status = entry.number(u"status");
    return type != owner && type != admin && (status == accepted || status == confirmed)
        && entry.boolean(u"enabled").value_or(false)
        && entry.boolean(u"usePolicies").value_or(false);
}

/// False if there are more than any real account has.
bool addOrganizations(Profile &profile, const JsonFields &fields)
{
    // The newest servers have two lists; the second also has memberships in other states.
    for (const auto *list : {u"organizations", u"organizationsNew"}) {
        const QJsonArray entries = fields.array(list);
        if (entries.size() > MostOrganizations)
            return false;
        for (const QJsonValue value : entries) {
            const JsonFields entry(value.toObject());
            const auto managed = managedOrganization(entry);
            if (managed && !profile.managedOrganizations.contains(*managed))
                profile.managedOrganizations.append(*managed);
            const QString id = entry.text(u"id");
            if (isUnderPolicies(entry) && !profile.policyOrganizations.contains(id))
                profile.policyOrganizations.append(id);
        }
    }
    return true;
}

Result<void> verifiedFrom(const HttpAnswer &answer)
{
    if (answer.isSuccess())
        return {};
    Error error = errorFrom(answer);
    if (error.status == 400 && error.kind == ErrorKind::Refused)
        error.kind = ErrorKind::WrongSecret;
    return fail(error);
}

QCoro::Task<Result<void>> verifyPassword(std::shared_ptr<Session> session, SecureBuffer password)
{
    const auto hash = co_await session->passwordHash(std::move(password));
    if (!hash)
        co_return fail(hash.error());
    SecretJson body;
    body.add("masterPasswordHash", *hash);
    const auto answer = co_await session->post(u"accounts/verify-password"_s, body.take());
    if (!answer)
        co_return fail(answer.error());
    co_return verifiedFrom(*answer);
}

// Vaultwarden without a mail server can be recognized only by this text.
Error emailErrorFrom(const HttpAnswer &answer)
{
    Error error = errorFrom(answer);
    if (error.kind == ErrorKind::Refused
        && error.serverText.text().contains("email is disabled for this server"_L1,
                                            Qt::CaseInsensitive))
        error.kind = ErrorKind::EmailNotSetUp;
    return error;
}

} // namespace

QCoro::Task<Result<Profile>> fetchProfile(std::shared_ptr<Session> session)
{
    const auto answer = co_await session->get(u"accounts/profile"_s);
    if (!answer)
        co_return fail(answer.error());
    co_return profileFrom(*answer);
}

Result<Profile> profileFrom(const HttpAnswer &answer)
{
    const auto fields = jsonFrom(answer);
    if (!fields)
        return fail(fields.error());
    const QString email = ForeignText(fields->text(u"email"), longestEmail);
    if (email.isEmpty()) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    Profile profile{
        .name = ForeignText(fields->text(u"name"), longestName),
        .email = email,
        .premium = fields->boolean(u"premium").value_or(false)
            || fields->boolean(u"premiumFromOrganization").value_or(false),
        .inOrganization = !fields->array(u"organizations").isEmpty(),
    };
    if (!addOrganizations(profile, *fields)) {
        return fail(
            {.kind = ErrorKind::AnswerTooLarge, .subject = answer.host, .status = answer.status});
    }
    return profile;
}

QCoro::Task<Result<qint64>> fetchRevisionDate(std::shared_ptr<Session> session)
{
    const auto answer = co_await session->get(u"accounts/revision-date"_s);
    if (!answer)
        co_return fail(answer.error());
    co_return revisionDateFrom(*answer);
}

Result<qint64> revisionDateFrom(const HttpAnswer &answer)
{
    if (!answer.isSuccess())
        return fail(errorFrom(answer));
    bool isNumber = false;
    const qint64 date = answer.body.view().trimmed().toLongLong(&isNumber);
    if (!isNumber) {
        return fail({.kind = ErrorKind::NotAnAccountServer,
                     .subject = answer.host,
                     .status = answer.status});
    }
    return date;
}

QCoro::Task<Result<void>> verifySecret(std::shared_ptr<Session> session, SecureBuffer secret)
{
    if (session->account().hasMasterPassword) {
        const auto verified = co_await verifyPassword(session, secret.clone());
        if (verified || verified.error().kind != ErrorKind::WrongSecret)
            co_return verified;
        const auto renewed = co_await session->renewPrelogin();
        if (renewed && *renewed)
            co_return co_await verifyPassword(session, std::move(secret));
        if (!renewed && isAboutKdf(renewed.error().kind))
            co_return fail(renewed.error());
        co_return verified;
    }
    SecretJson body;
    body.add("OTP", secret);
    const auto code = session->emailedCode();
    const quint64 emailNumber = code->number();
    const auto answer = co_await session->post(u"accounts/verify-otp"_s, body.take());
    const auto verified = answer ? verifiedFrom(*answer) : fail(answer.error());
    if (verified)
        code->markUsed(emailNumber);
    else
        code->recordFailure(emailNumber, verified.error());
    co_return verified;
}

QCoro::Task<Result<void>> requestVerificationCode(std::shared_ptr<Session> session)
{
    const auto code = session->emailedCode();
    if (code->state() == EmailedCode::State::BeingSent) {
        co_await qCoro(code.get(), &EmailedCode::sendingEnded);
        co_return code->lastSending();
    }
    code->beginSending();
    const auto answer = co_await session->post(u"accounts/request-otp"_s, SecretJson().take());
    Result<void> sent;
    if (!answer)
        sent = fail(answer.error());
    else if (!answer->isSuccess())
        sent = fail(emailErrorFrom(*answer));
    code->endSending(sent);
    co_return sent;
}

} // namespace Sparekey
