// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/twofactor/twofactorapi.h"

#include <QList>
#include <QString>

#include <optional>

namespace Sparekey {

/// What the page of the methods knows about the account, for the dialog of one method.
struct AccountContext
{
    ProviderStates states = {};
    std::optional<bool> premium = {}; ///< Empty until the profile has been read.
    bool inOrganization = false;
    bool requiredByOrganization = false; ///< Its policy requires two-step login of the user.
    bool codeSaved = false; ///< A copy of the recovery code was saved from this computer.

    /// The methods that are on besides `type`.
    [[nodiscard]] QList<ProviderType> othersOn(ProviderType type) const;
    /// The consequences of turning `type` off, one sentence per line; may be empty. `lapsed`: it
    /// needs premium, which has ended.
    [[nodiscard]] QString turnOffNote(ProviderType type, bool lapsed) const;
};

} // namespace Sparekey
