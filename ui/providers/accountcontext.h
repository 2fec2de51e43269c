// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/twofactorapi.h"

#include <QList>
#include <QString>

#include <optional>

namespace Sparekey {

/// What the page of the methods knows of the account, for the dialog of one of them.
struct AccountContext
{
    ProviderStates states = {};
    std::optional<bool> premium = {}; ///< Nothing while the profile has not been read.
    bool inOrganization = false;
    bool requiredByOrganization = false; ///< Its policy wants two-step login of the user.
    bool codeKept = false; ///< A copy of the recovery code was saved from this computer.

    /// The methods that are on besides `type`.
    [[nodiscard]] QList<ProviderType> othersOn(ProviderType type) const;
    /// What turning `type` off would mean, a sentence on each line; empty if nothing of note.
    /// `lapsed`: it needs premium, which has ended.
    [[nodiscard]] QString turnOffNote(ProviderType type, bool lapsed) const;
};

} // namespace Sparekey
