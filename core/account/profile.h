// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"

namespace Sparekey {

/// The parts of `GET /accounts/profile` that the app shows or decides by.
struct Profile
{
    QString name; ///< may be empty
    QString email;
    /// Own premium or an organisation's.
    bool premium = false;
};

[[nodiscard]] QCoro::Task<Result<Profile>> fetchProfile(std::shared_ptr<Session> session);
/// What the answer means, apart from the way it came.
[[nodiscard]] Result<Profile> profileFrom(const HttpAnswer &answer);

/// `POST /accounts/verify-password`. `WrongSecret` if it is not the account's password.
[[nodiscard]] QCoro::Task<Result<void>> verifyPassword(std::shared_ptr<Session> session,
                                                       SecureBuffer password);

} // namespace Sparekey
