// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/json/jsonfields.h"

#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

std::optional<qint64> toNumber(const QJsonValue &value)
{
    if (value.isDouble()) {
        // 2^53: beyond it a JSON number is no longer exact.
        const double number = value.toDouble();
        if (number != std::floor(number) || std::abs(number) > 9007199254740992.0)
            return {};
        return static_cast<qint64>(number);
    }
    if (value.isString()) {
        bool ok = false;
        const qint64 number = value.toString().toLongLong(&ok);
        if (ok)
            return number;
    }
    return {};
}

} // namespace

JsonFields::JsonFields(QJsonObject object)
    : m_object(std::move(object))
{
}

Result<JsonFields> JsonFields::parse(const SecureBuffer &bytes)
{
    const auto raw = QByteArray::fromRawData(bytes.view().data(), bytes.size());
    const auto document = QJsonDocument::fromJson(raw);
    if (!document.isObject())
        return fail(ErrorKind::NotAnAccountServer);
    return JsonFields(document.object());
}

bool JsonFields::has(QStringView name) const
{
    const auto found = value(name);
    return !found.isUndefined() && !found.isNull();
}

QJsonValue JsonFields::value(QStringView name) const
{
    const auto exact = m_object.constFind(name);
    if (exact != m_object.constEnd())
        return exact.value();
    for (auto it = m_object.constBegin(); it != m_object.constEnd(); ++it) {
        if (it.key().compare(name, Qt::CaseInsensitive) == 0)
            return it.value();
    }
    return QJsonValue(QJsonValue::Undefined);
}

QString JsonFields::text(QStringView name) const
{
    return value(name).toString();
}

SecureBuffer JsonFields::secret(QStringView name) const
{
    QString copy = value(name).toString();
    auto secret = SecureBuffer::fromText(copy);
    wipe(copy);
    return secret;
}

std::optional<qint64> JsonFields::number(QStringView name) const
{
    return toNumber(value(name));
}

std::optional<bool> JsonFields::boolean(QStringView name) const
{
    const auto found = value(name);
    if (found.isBool())
        return found.toBool();
    if (found.isString()) {
        const QString text = found.toString();
        if (text.compare("true"_L1, Qt::CaseInsensitive) == 0)
            return true;
        if (text.compare("false"_L1, Qt::CaseInsensitive) == 0)
            return false;
    }
    if (const auto number = toNumber(found))
        return *number != 0;
    return {};
}

JsonFields JsonFields::object(QStringView name) const
{
    return JsonFields(value(name).toObject());
}

QJsonArray JsonFields::array(QStringView name) const
{
    return value(name).toArray();
}

} // namespace Sparekey
