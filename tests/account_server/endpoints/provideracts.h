// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/endpoints/signedin.h"
#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

#include <optional>

/// What the endpoints of all providers share: which proof a generation wants, and how it answers.
namespace Sparekey::Endpoints {

/// How one provider is called on the wire.
struct ProviderNames
{
    ProviderType type;
    QString resource; ///< In paths: `/two-factor/get-<resource>`.
    QString object;   ///< `object` of the answers.
    QString member;   ///< The member that the newest generation nests the details in.
};

[[nodiscard]] ProviderNames namesOf(ProviderType type);

/// Answers `get-…` with @p details and, where the generation has them, a verification token.
/// @p key is what the token of the authenticator is bound to.
[[nodiscard]] Answer opened(ServerState &state, const Account &account, const ProviderNames &names,
                            QJsonObject details, const QByteArray &key = {});

/// Notes and answers a change.
[[nodiscard]] Answer saved(const ServerState &state, Account &account, const ProviderNames &names,
                           const QJsonObject &details);

/// @return the refusal of a change whose body does not prove enough, or nothing.
/// `ProofFor::Looking` is for what only prepares a change: without a token it leaves a mailed code
/// as it is.
[[nodiscard]] std::optional<Answer> refuseChange(ServerState &state, Account &account,
                                                 const QJsonObject &body, ProviderType type,
                                                 const QByteArray &key = {},
                                                 ProofFor use = ProofFor::Changing);

/// Official servers let only premium accounts near Duo and YubiKey OTP.
[[nodiscard]] std::optional<Answer> refuseWithoutPremium(const ServerState &state,
                                                         const Account &account);

/// Turns the provider off and answers as the DELETE routes and `PUT two-factor/disable` do.
[[nodiscard]] Answer turnedOff(ServerState &state, Account &account, ProviderType type);

/// What organizations do to an account that has turned its last provider off, or used its recovery
/// code: a member that the policy does not allow is revoked, and gets a mail. Nothing if a provider
/// is on.
void enforcePolicies(ServerState &state, const Account &account);

/// Adds `DELETE @p path`, which only the newest generation has.
void addDeleteOfNewest(Router &router, ServerState &state, const QString &path, ProviderType type);

/// What `get-duo` tells: official servers mask the secret alone, Vaultwarden everything.
[[nodiscard]] QJsonObject duoDetails(const ServerState &state, const Provider &duo);

/// Takes the settings of Duo from @p body. The stand-in for Duo knows the clients whose id begins
/// with DI.
/// @return the refusal, or nothing if they are right.
[[nodiscard]] std::optional<Answer> takeDuo(const ServerState &state, const QJsonObject &body,
                                            Provider &duo);

/// `PUT two-factor/disable`, which the newest generation no longer has.
void addDisable(Router &router, ServerState &state);

// One file each.
void addAuthenticator(Router &router, ServerState &state);
void addEmail(Router &router, ServerState &state);
void addDuo(Router &router, ServerState &state);
void addOrganizationDuo(Router &router, ServerState &state);
void addYubiKey(Router &router, ServerState &state);
void addWebAuthn(Router &router, ServerState &state);

} // namespace Sparekey::Endpoints
