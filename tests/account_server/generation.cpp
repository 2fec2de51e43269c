// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/generation.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

constexpr std::array names{
    std::pair{Generation::Classic, "classic"_L1}, std::pair{Generation::Middle, "middle"_L1},
    std::pair{Generation::Token, "token"_L1},     std::pair{Generation::Pascal, "pascal"_L1},
    std::pair{Generation::Fido4, "fido4"_L1},     std::pair{Generation::Nested, "nested"_L1},
};

QJsonValue pascalCased(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray array;
        for (const QJsonValue entry : value.toArray())
            array.append(pascalCased(entry));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject renamed;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        QString key = it.key();
        if (!key.isEmpty())
            key[0] = key[0].toUpper();
        renamed.insert(key, pascalCased(it.value()));
    }
    return renamed;
}

/// Vaultwarden's envelope for every error. `error` and `error_description` are lower case even in
/// the old generation.
QJsonObject vaultwardenEnvelope(const QString &text, bool pascal)
{
    QJsonObject envelope{
        {u"message"_s, text},
        {u"validationErrors"_s, QJsonObject{{u""_s, QJsonArray{text}}}},
        {u"errorModel"_s, QJsonObject{{u"message"_s, text}, {u"object"_s, u"error"_s}}},
        {u"exceptionMessage"_s, QJsonValue::Null},
        {u"exceptionStackTrace"_s, QJsonValue::Null},
        {u"innerExceptionMessage"_s, QJsonValue::Null},
        {u"object"_s, u"error"_s},
    };
    if (pascal)
        envelope = pascalCased(envelope).toObject();
    envelope.insert(u"error"_s, QString());
    envelope.insert(u"error_description"_s, QString());
    return envelope;
}

QJsonObject officialEnvelope(const QString &text, const QJsonValue &validationErrors)
{
    return QJsonObject{
        {u"object"_s, u"error"_s},
        {u"message"_s, text},
        {u"validationErrors"_s, validationErrors},
        {u"exceptionMessage"_s, QJsonValue::Null},
        {u"exceptionStackTrace"_s, QJsonValue::Null},
        {u"innerExceptionMessage"_s, QJsonValue::Null},
    };
}

/// An answer by Vaultwarden's web framework itself; `error` is an object here.
QJsonObject frameworkError(int code, const QString &reason, const QString &description)
{
    return QJsonObject{
        {u"error"_s,
         QJsonObject{{u"code"_s, code}, {u"reason"_s, reason}, {u"description"_s, description}}}};
}

} // namespace

std::optional<Generation> generationFromName(QStringView name)
{
    for (const auto &[generation, known] : names) {
        if (known == name)
            return generation;
    }
    return std::nullopt;
}

QString nameOf(Generation generation)
{
    for (const auto &[known, name] : names) {
        if (known == generation)
            return name;
    }
    Q_UNREACHABLE();
}

bool isVaultwarden(Generation generation)
{
    return generation == Generation::Classic || generation == Generation::Pascal
        || generation == Generation::Nested;
}

bool isNewestOfficial(Generation generation)
{
    return generation == Generation::Token || generation == Generation::Fido4;
}

bool givesTokens(Generation generation)
{
    return isNewestOfficial(generation) || generation == Generation::Nested;
}

AnswerWriter::AnswerWriter(Generation generation)
    : m_generation(generation)
{
}

Answer AnswerWriter::api(const QJsonObject &object) const
{
    if (m_generation == Generation::Pascal)
        return jsonAnswer(pascalCased(object).toObject());
    return jsonAnswer(object);
}

Answer AnswerWriter::providerDetails(const QString &object, const QString &name,
                                     const QJsonObject &details,
                                     const QString &userVerificationToken) const
{
    if (givesTokens(m_generation)) {
        return api({{u"object"_s, object},
                    {name, details},
                    {u"userVerificationToken"_s, userVerificationToken}});
    }
    QJsonObject flat = details;
    flat.insert(u"object"_s, object);
    return api(flat);
}

Answer AnswerWriter::refusal(const QString &text, int status) const
{
    if (isVaultwarden(m_generation))
        return jsonAnswer(vaultwardenEnvelope(text, m_generation == Generation::Pascal), 400);
    return jsonAnswer(officialEnvelope(text, QJsonValue::Null), status);
}

Answer AnswerWriter::modelRefusal(const QString &member, const QString &text) const
{
    if (isVaultwarden(m_generation))
        return refusal(text);
    return jsonAnswer(officialEnvelope(u"The model state is invalid."_s,
                                       QJsonObject{{member, QJsonArray{text}}}),
                      400);
}

Answer AnswerWriter::tokenRefusal(const QString &error, const QString &description,
                                  const QString &message) const
{
    if (isVaultwarden(m_generation))
        return refusal(message);
    QJsonObject object{{u"error"_s, error}};
    if (!description.isEmpty())
        object.insert(u"error_description"_s, description);
    if (!message.isEmpty()) {
        object.insert(u"ErrorModel"_s,
                      QJsonObject{{u"Message"_s, message}, {u"Object"_s, u"error"_s}});
    }
    return jsonAnswer(object, 400);
}

Answer AnswerWriter::unauthorized() const
{
    if (isVaultwarden(m_generation)) {
        return jsonAnswer(frameworkError(401, u"Unauthorized"_s,
                                         u"The request requires user authentication."_s),
                          401);
    }
    return Answer{.status = 401,
                  .headers = {{"WWW-Authenticate"_ba, "Bearer error=\"invalid_token\""_ba}}};
}

Answer AnswerWriter::forbidden() const
{
    return Answer{.status = 403};
}

Answer AnswerWriter::noSuchRoute() const
{
    if (isVaultwarden(m_generation)) {
        return jsonAnswer(frameworkError(404, u"Not Found"_s,
                                         u"The requested resource could not be found."_s),
                          404);
    }
    return Answer{.status = 404};
}

Answer AnswerWriter::wrongVerb(const QByteArrayList &allowed) const
{
    if (isVaultwarden(m_generation))
        return noSuchRoute();
    return Answer{.status = 405, .headers = {{"Allow"_ba, allowed.join(", ")}}};
}

Answer AnswerWriter::tooManyRequests(int seconds) const
{
    if (isVaultwarden(m_generation)) {
        Answer answer = refusal(u"Too many login requests"_s);
        answer.status = 429;
        return answer;
    }
    Answer answer = jsonAnswer(
        {{u"object"_s, u"error"_s},
         {u"message"_s, u"Slow down! Too many requests. Try again in %1s."_s.arg(seconds)}},
        429);
    answer.headers.append({"Retry-After"_ba, QByteArray::number(seconds)});
    return answer;
}

} // namespace Sparekey
