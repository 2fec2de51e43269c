// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace Sparekey {

// The three values that Duo's admin page gives out for an application, as servers check them
// (official `UpdateTwoFactorDuoRequestModel`). Pure functions, any thread.

constexpr int duoClientIdLength = 20;
constexpr int duoClientSecretLength = 40;

/// Only ASCII letters and digits, in any number, as in Duo's ids and secrets.
[[nodiscard]] bool hasOnlyDuoCharacters(QStringView text);

/// What was entered or pasted, in lower case and without the surroundings that people copy along:
/// spaces, the scheme, slashes at the end.
[[nodiscard]] QString duoHostFrom(const QString &entered);

/// `api-….duosecurity.com` or `api-….duofederal.com`: a secret goes to no other host.
[[nodiscard]] bool isDuoHost(QStringView host);

/// Whether what has been entered so far is the beginning of such a host.
[[nodiscard]] bool isDuoHostPrefix(QStringView beginning);

} // namespace Sparekey
