// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/account_server/organizations.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

const Membership *Organization::membership(const Account &account) const
{
    const auto found = members.find(account.role);
    return found == members.end() ? nullptr : &found->second;
}

bool Organization::maySeeTwoFactor(const Account &account) const
{
    const Membership *member = membership(account);
    return member && member->status == Membership::Confirmed
        && (member->type == Membership::Type::Owner || member->type == Membership::Type::Admin);
}

bool Organization::asksForDuo(const Account &account) const
{
    const Membership *member = membership(account);
    return usesTwoFactor && duo.enabled && member && member->status == Membership::Confirmed;
}

bool Organization::mayManageTwoFactor(const Account &account) const
{
    const Membership *member = membership(account);
    return maySeeTwoFactor(account)
        || (member && member->status == Membership::Confirmed
            && member->type == Membership::Type::Custom && member->managesPolicies);
}

bool Organization::revokeByPolicy(const Account &account)
{
    const auto found = members.find(account.role);
    if (!requiresTwoFactor || found == members.end())
        return false;
    Membership &member = found->second;
    const bool counts = member.status == Membership::Accepted
        || member.status == Membership::Confirmed;
    if (!counts || member.type == Membership::Type::Owner || member.type == Membership::Type::Admin)
        return false;
    member.status = Membership::Revoked;
    return true;
}

std::vector<Organization> demoOrganizations()
{
    using Type = Membership::Type;
    // One organization with all types of members, and one whose plan has no Duo.
    return {{.id = u"1d3f6a52-8c1e-4b0a-9a67-5f0c2e7d9b11"_s,
             .name = u"Kettle Works"_s,
             .usesPolicies = true,
             .requiresTwoFactor = true,
             .members = {{u"demo"_s, {.type = Type::Owner}},
                         {u"weak-kdf"_s, {.type = Type::Admin}},
                         {u"every-step"_s, {.type = Type::Custom, .managesPolicies = true}},
                         {u"second-step"_s, {.type = Type::User}},
                         {u"odd-code"_s, {.type = Type::Custom}},
                         {u"nothing-on"_s, {.type = Type::Admin, .status = 0}}}},
            {.id = u"7be0c5d4-2f38-4e59-8d21-c4a9b1730e62"_s,
             .name = u"Harbour Choir"_s,
             .usesTwoFactor = false,
             .members = {{u"demo"_s, {.type = Type::Owner}},
                         {u"weak-kdf"_s, {.type = Type::Owner}}}}};
}

} // namespace Sparekey
