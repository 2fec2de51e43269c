// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"
#include "tests/account_server/organizations.h"
#include "tests/account_server/outbox.h"
#include "tests/account_server/ratelimit.h"
#include "tests/account_server/tokens.h"
#include "tests/account_server/verificationtokens.h"
#include "tests/account_server/virtualyubikey.h"

#include <QUrl>

namespace Sparekey {

/// Settings from the command line that can be changed while the server runs.
struct ServerSettings
{
    Generation generation = Generation::Token;
    int requestsPerMinute = 10; ///< Separate limits for prelogin and tokens; 0 means no limit.
    std::chrono::seconds tokenLifetime{3600};
    /// Delay before a secret is refused. The official server waits 2 s.
    std::chrono::milliseconds refusalDelay{0};
    /// If false, sign-in accepts no recovery code, as on official servers before 2025.2.1.
    bool recoverySignIn = true;
    /// Replaces members of the WebAuthn options at registration and sign-in, to simulate servers
    /// with unusual options. Answers are still verified against the original options.
    QJsonObject passkeyOptions = {};
    /// The administrator has set up Duo for all accounts, as is possible on Vaultwarden.
    bool duoForAll = false;
    /// If false, Vaultwarden is not configured to send email.
    bool mailServer = true;
    /// If false, Vaultwarden has no Yubico credentials.
    bool yubicoCredentials = true;
    /// If false, Vaultwarden's host name does not work with passkeys.
    bool passkeysPossible = true;
    /// Number of entries in each vault.
    int vaultEntries = 3;
    /// Each refresh issues a new refresh token and ends the previous one.
    bool rotateRefreshTokens = false;
    /// Two-step login requires the password hash in the member `secret`, as one description of
    /// `Middle` says.
    bool provenBySecret = false;
    /// Offset of the server's clock, visible in the header `Date`.
    std::chrono::seconds clockAhead{0};
};

/// The state that the endpoints access. Exists as long as the server, in one thread.
struct ServerState
{
    ServerSettings settings;
    AccountBook accounts;
    std::vector<Organization> organizations = demoOrganizations();
    TokenBook tokens;
    VerificationTokens verifications = {};
    Outbox outbox = {};
    EmailedCodes emailedCodes = {};
    YubicoService yubico = {};
    RateLimit tokenRequests;
    RateLimit preloginRequests;
    /// HMAC key for the fake answers to unknown emails, so that an email always gets the same
    /// answer.
    QByteArray fakePreloginKey = randomBytes(32);
    QUrl baseUrl; ///< The HTTP address of the server, with the base path.

    [[nodiscard]] AnswerWriter write() const { return AnswerWriter(settings.generation); }
};

} // namespace Sparekey
