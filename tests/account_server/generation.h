// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <QStringView>

#include <optional>

namespace Sparekey {

/// The real servers that this one can simulate.
enum class Generation {
    Classic, ///< Vaultwarden of 2026: flat answers, own error envelope, nearly all errors are 400.
    Middle,  ///< The official server 2024.7 to 2026.6: flat answers.
    Token,   ///< The official server from 2026.7.2: nested answers with a userVerificationToken.
    Pascal,  ///< Vaultwarden up to 1.30: like Classic, with member names in PascalCase.
    Fido4,   ///< The official server after 2026.8: like Token, with version 4 of its WebAuthn
             ///< library, which requires more members in a registration.
    Nested,  ///< A future Vaultwarden (its pull request 7563): like Classic, with nested answers
             ///< and tokens that are valid for five minutes and one state of the provider.
};

[[nodiscard]] std::optional<Generation> generationFromName(QStringView name);
[[nodiscard]] QString nameOf(Generation generation);

/// Behaves like Vaultwarden (errors, no client check), not like the official server.
[[nodiscard]] bool isVaultwarden(Generation generation);

/// The official server from 2026.7.2 on.
[[nodiscard]] bool isNewestOfficial(Generation generation);

/// Every `get-…` returns a `userVerificationToken` that changes require; answers are nested, and
/// each provider has its own DELETE route.
[[nodiscard]] bool givesTokens(Generation generation);

/// Writes answers in the format of a generation, so that endpoints only provide the content.
class AnswerWriter
{
public:
    explicit AnswerWriter(Generation generation);

    /// An answer of the API, written in camelCase by the endpoint.
    [[nodiscard]] Answer api(const QJsonObject &object) const;

    /// The answer of `get-<provider>` and of a write: @p details flat, or as the member @p name
    /// beside @p userVerificationToken.
    [[nodiscard]] Answer providerDetails(const QString &object, const QString &name,
                                         const QJsonObject &details,
                                         const QString &userVerificationToken) const;

    /// A refusal with a text for users.
    [[nodiscard]] Answer refusal(const QString &text, int status = 400) const;

    /// A refusal of one member of the body (official: "The model state is invalid."); Vaultwarden
    /// knows only the text.
    [[nodiscard]] Answer modelRefusal(const QString &member, const QString &text) const;

    /// A refusal by `connect/token`. @p message is for users, the other two for programs.
    [[nodiscard]] Answer tokenRefusal(const QString &error, const QString &description,
                                      const QString &message) const;

    [[nodiscard]] Answer unauthorized() const; ///< 401: no token, or an invalid or expired one.
    [[nodiscard]] Answer forbidden() const;    ///< 403 without a body.
    [[nodiscard]] Answer noSuchRoute() const;  ///< 404.
    [[nodiscard]] Answer wrongVerb(const QByteArrayList &allowed) const; ///< 405 or 404.
    [[nodiscard]] Answer tooManyRequests(int seconds) const;             ///< 429.

private:
    Generation m_generation;
};

} // namespace Sparekey
