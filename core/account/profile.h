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
    /// An enterprise: what is set up there is enforced by policy.
    bool enforces = false;

    friend bool operator==(const ManagedOrganization &, const ManagedOrganization &) = default;
};

/// The parts of `GET /accounts/profile` that the app shows or decides by.
struct Profile
{
    // As the server sent them, but cleaned and cut.
    QString name; ///< may be empty
    QString email;
    /// Own premium or an organization's.
    bool premium = false;
    /// Those in which the user is a confirmed owner or admin, or manages policies, and whose plan
    /// has two-step login (`use2fa`); in the server's order.
    QList<ManagedOrganization> managedOrganizations = {};
    /// A member of one or more; each may have rules about two-step login.
    bool inOrganization = false;
    /// The ids of those whose policies hold for the user: enterprises in which the user is an
    /// accepted or confirmed member, but no owner or admin.
    QStringList policyOrganizations = {};
};

[[nodiscard]] QCoro::Task<Result<Profile>> fetchProfile(std::shared_ptr<Session> session);
/// What the answer means, apart from the way it came.
[[nodiscard]] Result<Profile> profileFrom(const HttpAnswer &answer);

/// `GET /accounts/revision-date`, in milliseconds since 1970. On official servers each change of a
/// two-step login method moves it on (`UserService.SaveUserAsync`), and so does much else; on
/// Vaultwarden only the first method does, which brings the recovery code.
[[nodiscard]] QCoro::Task<Result<qint64>> fetchRevisionDate(std::shared_ptr<Session> session);
[[nodiscard]] Result<qint64> revisionDateFrom(const HttpAnswer &answer);

/// `POST /accounts/verify-password`, or `/accounts/verify-otp` with the mailed code where the
/// account has no master password; that code is used up. `WrongSecret` if it is not right.
[[nodiscard]] QCoro::Task<Result<void>> verifySecret(std::shared_ptr<Session> session,
                                                     SecureBuffer secret);

/// `POST /accounts/request-otp`: mails the code that proves an account without master password, and
/// voids the one before; `Session::mailedCode` tells whether that still counts. Where a mail is on
/// its way already there is no second one.
[[nodiscard]] QCoro::Task<Result<void>> requestVerificationCode(std::shared_ptr<Session> session);

} // namespace Sparekey
