// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/endpoints/signedin.h"
#include "tests/account_server/router.h"
#include "tests/account_server/serverstate.h"

#include <optional>

/// Shared by the endpoints of all providers: the proof that a generation requires, and its answers.
namespace Sparekey::Endpoints {

/// The names of one provider in the protocol.
struct ProviderNames
{
    ProviderType type;
    QString resource; ///< In paths: `/two-factor/get-<resource>`.
    QString object;   ///< `object` of the answers.
    QString member;   ///< The member with the nested details.
};

[[nodiscard]] ProviderNames namesOf(ProviderType type);

/// Answers `get-…` with @p details and, if the generation has them, a verification token. The token
/// of the authenticator is bound to @p key.
[[nodiscard]] Answer opened(ServerState &state, const Account &account, const ProviderNames &names,
                            QJsonObject details, const QByteArray &key = {});

/// Records a change and answers it.
[[nodiscard]] Answer saved(const ServerState &state, Account &account, const ProviderNames &names,
                           const QJsonObject &details);

/// Checks the proof in the body of a change. `ProofFor::Looking` is for requests that only prepare
/// a change: if the generation has no token, they do not consume a code sent by email.
/// @return the refusal, or nothing if the proof is right.
[[nodiscard]] std::optional<Answer> refuseChange(ServerState &state, Account &account,
                                                 const QJsonObject &body, ProviderType type,
                                                 const QByteArray &key = {},
                                                 ProofFor use = ProofFor::Changing);

/// On official servers, only premium accounts may set up Duo and YubiKey OTP.
[[nodiscard]] std::optional<Answer> refuseWithoutPremium(const ServerState &state,
                                                         const Account &account);

/// Turns the provider off and answers as the DELETE routes and `PUT two-factor/disable` do.
[[nodiscard]] Answer turnedOff(ServerState &state, Account &account, ProviderType type);

/// Applies the policies of organizations to an account that has turned off its last provider or
/// used its recovery code: its membership is revoked if the policy requires two-step login, and it
/// gets an email. Does nothing if a provider is on.
void enforcePolicies(ServerState &state, const Account &account);

/// Adds `DELETE @p path`, which only generations with tokens have.
void addDeleteOfNewest(Router &router, ServerState &state, const QString &path, ProviderType type);

/// The details in `get-duo`: official servers mask only the secret, Vaultwarden all values.
[[nodiscard]] QJsonObject duoDetails(const ServerState &state, const Provider &duo);

/// Reads the settings of Duo from @p body. The simulated Duo knows all clients whose id begins with
/// DI.
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
