// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

#include <map>
#include <vector>

namespace Sparekey {

/// What an account is in an organization, with the numbers of the wire.
struct Membership
{
    enum class Type { Owner = 0, Admin = 1, User = 2, Custom = 4 };
    static constexpr int Accepted = 1;
    static constexpr int Confirmed = 2;
    static constexpr int Revoked = -1;

    Type type = Type::User;
    bool managesPolicies = false; ///< Of type `Custom`.
    int status = Confirmed;
};

/// An organization, as the server keeps it.
struct Organization
{
    QString id; ///< GUID.
    QString name;
    bool usesTwoFactor = true; ///< Its plan has Duo for all members.
    bool usesPolicies = false; ///< An enterprise.
    /// A policy: owners and admins aside, nobody stays a member without two-step login.
    bool requiresTwoFactor = false;
    Provider duo = {};
    std::map<QString, Membership> members; ///< By the account's role.

    /// Asks this account for Duo at sign-in, besides what it has turned on itself.
    [[nodiscard]] bool asksForDuo(const Account &account) const;
    /// Null for accounts that are no members.
    [[nodiscard]] const Membership *membership(const Account &account) const;
    /// Confirmed owners and admins see what is on, and whoever manages policies may change it.
    [[nodiscard]] bool maySeeTwoFactor(const Account &account) const;
    [[nodiscard]] bool mayManageTwoFactor(const Account &account) const;
    /// The account has no two-step login any more. @return whether the policy has revoked it.
    bool revokeByPolicy(const Account &account);
};

/// What the server starts with.
[[nodiscard]] std::vector<Organization> demoOrganizations();

} // namespace Sparekey
