// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"
#include "core/result.h"

#include <optional>

namespace Sparekey {

// Why servers refuse requests of two-step login. Pure functions, any thread.

/// Why a `get-…` was refused: as `writeErrorFrom`, but a plain 400, or one about the proof, is
/// `WrongSecret`.
[[nodiscard]] Error readErrorFrom(const HttpAnswer &answer);

/// Why a change was refused: `ProofExpired`, `WrongCode` (with the name of the refused field of an
/// official server as `subject`), `PremiumRequired`, `YubicoNotSetUp`, `EmailNotSetUp`,
/// `ServerHasNoDomainName` (the server's own address is not a domain name, which WebAuthn needs),
/// `TooManyPasskeys`, or what `errorFrom` says.
[[nodiscard]] Error writeErrorFrom(const HttpAnswer &answer);

/// Why the answer to a change does not confirm it. Nothing if it does.
[[nodiscard]] std::optional<Error> problemOf(const Result<HttpAnswer> &answer);

/// The token no longer fits the state of the method (Vaultwarden's pull request 7563); a fresh one
/// from another look may fit.
[[nodiscard]] bool isTokenOutdated(const HttpAnswer &answer);

/// Why a look failed whose proof was accepted before: `WrongSecret` becomes `ProofExpired`, because
/// the secret has to be asked for again.
[[nodiscard]] Error asProofExpired(Error error);

/// Why Duo was not turned on, once it is known that it was not: `DuoRefused` if Duo or the server
/// refused the values. Official servers answer that only with 500.
[[nodiscard]] Error duoErrorFrom(Error error);

/// Why a passkey was not registered, once it is known that it was not: `PasskeyRefused`, with
/// `host` as the subject. Official servers before version 4 of their library answer only with 500
/// if the signature is for another address than the one that they are configured with.
[[nodiscard]] Error passkeyErrorFrom(Error error, const QString &host);

/// The server does not have the method at all.
[[nodiscard]] bool isNotOffered(const Error &error);

/// The server may have sent the codes to Yubico before it failed; each can be checked only once.
[[nodiscard]] bool mayHaveUsedCodes(const Error &error);

/// Which of the five keys of Yubico OTP was refused, from 0; nothing if the server did not say.
[[nodiscard]] std::optional<int> refusedYubiKey(const Error &error);

} // namespace Sparekey
