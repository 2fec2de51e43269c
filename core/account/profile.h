// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/session.h"

namespace Sparekey {

/// An organization whose two-step login the user may manage.
struct ManagedOrganization
{
    QString id; ///< GUID.
    QString name;
    /// An enterprise: it can enforce two-step login by policy.
    bool enforces = false;

    friend bool operator==(const ManagedOrganization &, const ManagedOrganization &) = default;
};

/// The parts of `GET /accounts/profile` that the app shows or bases decisions on.
struct Profile
{
    // As the server sent them, but sanitized and truncated.
    QString name; ///< may be empty
    QString email;
    /// Own premium or an organization's.
    bool premium = false;
    /// The organizations in which the user is a confirmed owner or admin, or manages policies, and
    /// whose plan has two-step login (`use2fa`); in the server's order.
    QList<ManagedOrganization> managedOrganizations = {};
    /// The user is a member of at least one organization; each may have rules about two-step login.
    bool inOrganization = false;
    /// The ids of the organizations whose policies apply to the user: enterprises in which the user
    /// is an accepted or confirmed member, but neither owner nor admin.
    QStringList policyOrganizations = {};
};

[[nodiscard]] QCoro::Task<Result<Profile>> fetchProfile(std::shared_ptr<Session> session);
/// Parses the answer.
[[nodiscard]] Result<Profile> profileFrom(const HttpAnswer &answer);

/// `GET /accounts/revision-date`, in milliseconds since 1970. On official servers each change of a
/// two-step login method updates it (`UserService.SaveUserAsync`), and so do many other changes; on
/// Vaultwarden only turning on the first method does, which creates the recovery code.
[[nodiscard]] QCoro::Task<Result<qint64>> fetchRevisionDate(std::shared_ptr<Session> session);
[[nodiscard]] Result<qint64> revisionDateFrom(const HttpAnswer &answer);

/// `POST /accounts/verify-password`, or `/accounts/verify-otp` with the emailed code if the account
/// has no master password; that code is used up. `WrongSecret` if the secret is wrong.
[[nodiscard]] QCoro::Task<Result<void>> verifySecret(std::shared_ptr<Session> session,
                                                     SecureBuffer secret);

/// `POST /accounts/request-otp`: emails the code that proves an account without master password,
/// and voids the previous one; `Session::emailedCode` tells whether the last one is still valid. If
/// an email is being sent already, no second one is requested.
[[nodiscard]] QCoro::Task<Result<void>> requestVerificationCode(std::shared_ptr<Session> session);

} // namespace Sparekey
