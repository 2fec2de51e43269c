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

/// What may be chosen on the command line and changed while the server runs.
struct ServerSettings
{
    Generation generation = Generation::Token;
    int requestsPerMinute = 10; ///< Of prelogin and of tokens, each; 0 switches the limit off.
    std::chrono::seconds tokenLifetime{3600};
    /// The official server thinks for 2 s before it refuses a secret.
    std::chrono::milliseconds refusalDelay{0};
    /// False: sign-in takes no recovery code, as official servers before 2025.2.1.
    bool recoverySignIn = true;
    /// Members that replace those of what keys are asked, at registration and at sign-in: for
    /// servers that ask for something odd. The answers are judged by the honest ones.
    QJsonObject passkeyOptions = {};
    /// The administrator has set up Duo for all accounts, as one of Vaultwarden may.
    bool duoForAll = false;
    /// False: a Vaultwarden to which nobody has given a way to send mails.
    bool mailServer = true;
    /// False: a Vaultwarden to which nobody has given credentials at Yubico.
    bool yubicoCredentials = true;
    /// False: a Vaultwarden on a host whose name passkeys do not work with.
    bool passkeysPossible = true;
    /// How many entries each vault has.
    int vaultEntries = 3;
    /// Each refresh brings another refresh token and ends the one before.
    bool rotateRefreshTokens = false;
    /// Two-step login takes the hash of the password as `secret` only, the name that one
    /// description of the middle generation has for it.
    bool provenBySecret = false;
    /// How far the server's clock is ahead of the true time, as its `Date` tells.
    std::chrono::seconds clockAhead{0};
};

/// Everything that the endpoints work on. Lives as long as the server, in one thread.
struct ServerState
{
    ServerSettings settings;
    AccountBook accounts;
    std::vector<Organization> organizations = demoOrganizations();
    TokenBook tokens;
    VerificationTokens verifications = {};
    Outbox outbox = {};
    MailedCodes mailedCodes = {};
    YubicoService yubico = {};
    RateLimit tokenRequests;
    RateLimit preloginRequests;
    /// Keys the made-up answers for unknown emails, so that the same email gets the same answer.
    QByteArray fakePreloginKey = randomBytes(32);
    QUrl baseUrl; ///< Where the server is reached by HTTP, with the base path.

    [[nodiscard]] AnswerWriter write() const { return AnswerWriter(settings.generation); }
};

} // namespace Sparekey
