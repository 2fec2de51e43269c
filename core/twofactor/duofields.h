// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

// The three values that Duo's admin page gives out for an application, as servers check them
// (official `UpdateTwoFactorDuoRequestModel`). Pure functions, any thread.

constexpr int duoClientIdLength = 20;
constexpr int duoClientSecretLength = 40;

/// Letters and digits of ASCII alone, in any number: what ids and secrets of Duo consist of.
[[nodiscard]] bool isOfDuoCharacters(QStringView text);

/// What was typed or pasted, without what people copy along: spaces around it, the scheme, a
/// slash at the end, capitals.
[[nodiscard]] QString duoHostFrom(const QString &typed);

/// `api-….duosecurity.com` or `api-….duofederal.com`: a secret goes to no other host.
[[nodiscard]] bool isDuoHost(QStringView host);

/// Whether what has been typed so far is the beginning of such a host.
[[nodiscard]] bool mayBecomeDuoHost(QStringView beginning);

} // namespace Sparekey
