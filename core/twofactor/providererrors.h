// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/http/httptransport.h"
#include "core/result.h"

#include <optional>

namespace Sparekey {

// Why servers refuse what concerns two-step login. Pure functions, any thread.

/// Why a `get-…` was refused: as `writeErrorFrom`, but a plain 400, or one about the proof, is
/// `WrongSecret`.
[[nodiscard]] Error readErrorFrom(const HttpAnswer &answer);

/// Why a change was refused: `ProofExpired`, `WrongCode` (with the name of the refused field of
/// an official server as `subject`), `PremiumNeeded`, `YubicoNotSetUp`, `MailNotSetUp`,
/// `SiteHasNoName` (the server's own address is no name that keys work with), `TooManyPasskeys`, or
/// what `errorFrom` says.
[[nodiscard]] Error writeErrorFrom(const HttpAnswer &answer);

/// Nothing if the answer to a change says that it was made, as far as it says anything.
[[nodiscard]] std::optional<Error> problemOf(const Result<HttpAnswer> &answer);

/// The token does not fit the state of the method any more (Vaultwarden's pull request 7563): a
/// fresh one from another look may.
[[nodiscard]] bool isTokenOutdated(const HttpAnswer &answer);

/// Why a look failed that is proven by what was accepted before: a secret that is wrong now has to
/// be asked for again (`ProofExpired`).
[[nodiscard]] Error ofProofGivenBefore(Error error);

/// Why Duo was not turned on, once it is known that it was not: `DuoRefused` for what Duo, or the
/// server, has against the values. Official servers have no answer but 500 to that.
[[nodiscard]] Error duoErrorFrom(Error error);

/// Why a passkey was not registered, once it is known that it was not: `PasskeyRefused`, with
/// `host` as the subject. Official servers before version 4 of their library have no answer but 500
/// to a signature for another address than they think theirs is.
[[nodiscard]] Error passkeyErrorFrom(Error error, const QString &host);

/// The server does not have the method at all.
[[nodiscard]] bool saysNotOffered(const Error &error);

/// The server may have asked Yubico about the codes before it failed: each is good for one
/// question.
[[nodiscard]] bool mayHaveUsedCodes(const Error &error);

/// Which of the five keys of Yubico OTP was refused, from 0; nothing if the server did not say.
[[nodiscard]] std::optional<int> refusedYubiKey(const Error &error);

} // namespace Sparekey
