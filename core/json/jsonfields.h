// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret/securebuffer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringView>

#include <optional>

namespace Sparekey {

/// Reads a JSON object tolerantly, because servers differ: property names match case-insensitively
/// (older servers write PascalCase), booleans may be strings or numbers, numbers may be strings,
/// lists may be null. A missing value, or one of another type, counts as absent.
class JsonFields
{
public:
    JsonFields() = default;
    explicit JsonFields(QJsonObject object);

    /// Fails with `NotAnAccountServer` if the bytes are not a JSON object.
    [[nodiscard]] static Result<JsonFields> parse(const SecureBuffer &bytes);

    [[nodiscard]] bool isEmpty() const { return m_object.isEmpty(); }
    [[nodiscard]] bool has(QStringView name) const; ///< present and not null
    [[nodiscard]] QJsonValue value(QStringView name) const;
    [[nodiscard]] QString text(QStringView name) const;
    /// For tokens and codes. The JSON parser's own copy is in ordinary memory and lives as long as
    /// this object.
    [[nodiscard]] SecureBuffer secret(QStringView name) const;
    [[nodiscard]] std::optional<qint64> number(QStringView name) const;
    [[nodiscard]] std::optional<bool> boolean(QStringView name) const;
    [[nodiscard]] JsonFields object(QStringView name) const;
    [[nodiscard]] QJsonArray array(QStringView name) const;
    [[nodiscard]] QStringList names() const { return m_object.keys(); }

private:
    QJsonObject m_object;
};

} // namespace Sparekey
