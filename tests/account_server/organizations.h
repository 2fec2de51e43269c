// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/account_server/accounts.h"

#include <map>
#include <vector>

namespace Sparekey {

/// The membership of an account in an organization, with the numbers of the protocol.
struct Membership
{
    enum class Type { Owner = 0, Admin = 1, User = 2, Custom = 4 };
    static constexpr int Accepted = 1;
    static constexpr int Confirmed = 2;
    static constexpr int Revoked = -1;

    Type type = Type::User;
    bool managesPolicies = false; ///< Only for the type `Custom`.
    int status = Confirmed;
};

/// An organization, as the server stores it.
struct Organization
{
    QString id; ///< GUID.
    QString name;
    bool usesTwoFactor = true; ///< Its plan includes Duo for all members.
    bool usesPolicies = false; ///< Its plan includes policies.
    /// A policy: all members but owners and admins need two-step login.
    bool requiresTwoFactor = false;
    Provider duo = {};
    std::map<QString, Membership> members; ///< By the account's role.

    /// Requires Duo from this account at sign-in, in addition to the account's own providers.
    [[nodiscard]] bool asksForDuo(const Account &account) const;
    /// Null if the account is not a member.
    [[nodiscard]] const Membership *membership(const Account &account) const;
    /// Confirmed owners and admins may list the providers. They and members who manage policies may
    /// open and change them.
    [[nodiscard]] bool maySeeTwoFactor(const Account &account) const;
    [[nodiscard]] bool mayManageTwoFactor(const Account &account) const;
    /// Call when the account has no two-step login. @return true if the policy revoked the
    /// membership.
    bool revokeByPolicy(const Account &account);
};

/// The organizations at the start of the server.
[[nodiscard]] std::vector<Organization> demoOrganizations();

} // namespace Sparekey
