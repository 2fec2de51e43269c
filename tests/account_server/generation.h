// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/httpmessage.h"

#include <QStringView>

#include <optional>

namespace Sparekey {

/// Which servers of the world this one speaks like.
enum class Generation {
    Classic, ///< Vaultwarden of 2026: flat answers, own error envelope, nearly everything is 400.
    Middle,  ///< The official server 2024.7 to 2026.6: flat answers.
    Token,   ///< The official server from 2026.7.2: nested answers with a userVerificationToken.
    Pascal,  ///< Vaultwarden up to 1.30: as Classic, with member names in PascalCase.
    Fido4,   ///< The official server after 2026.8: as Token, with version 4 of its library for
             ///< passkeys, which demands more of a registration.
    Nested,  ///< A coming Vaultwarden (its pull request 7563): as Classic, with nested answers and
             ///< tokens that are good for five minutes and for the state of the method alone.
};

[[nodiscard]] std::optional<Generation> generationFromName(QStringView name);
[[nodiscard]] QString nameOf(Generation generation);

/// Vaultwarden's habits (errors, no client check) against the official server's.
[[nodiscard]] bool isVaultwarden(Generation generation);

/// The official server from 2026.7.2 on.
[[nodiscard]] bool isNewestOfficial(Generation generation);

/// Every `get-…` gives a `userVerificationToken`, which changes are proven with; answers are
/// nested, and each method has a DELETE of its own.
[[nodiscard]] bool givesTokens(Generation generation);

/// Gives answers the shape of a generation. Endpoints say what is meant, this says how it looks.
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

    /// A refusal with a text for people.
    [[nodiscard]] Answer refusal(const QString &text, int status = 400) const;

    /// A refusal of one member of the body (official: "The model state is invalid."); Vaultwarden
    /// knows only the text.
    [[nodiscard]] Answer modelRefusal(const QString &member, const QString &text) const;

    /// A refusal by `connect/token`. @p message is for people, the other two for programs.
    [[nodiscard]] Answer tokenRefusal(const QString &error, const QString &description,
                                      const QString &message) const;

    [[nodiscard]] Answer unauthorized() const; ///< 401: no, a wrong or an expired token.
    [[nodiscard]] Answer forbidden() const;    ///< 403 without a body.
    [[nodiscard]] Answer noSuchRoute() const;  ///< 404.
    [[nodiscard]] Answer wrongVerb(const QByteArrayList &allowed) const; ///< 405, or again 404.
    [[nodiscard]] Answer tooManyRequests(int seconds) const;             ///< 429.

private:
    Generation m_generation;
};

} // namespace Sparekey
