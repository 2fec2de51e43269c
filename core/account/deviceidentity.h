// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/settings/settings.h"

namespace Sparekey {

/// The identifier by which servers know this installation. It is in the settings file, which only
/// its owner can read; the official apps store theirs in the same way. It gives no access by
/// itself, and reading it from the keyring would make every first sign-in wait for the keyring. GUI
/// thread.
class DeviceIdentity
{
public:
    /// `settings` must outlive this object.
    explicit DeviceIdentity(Settings &settings)
        : m_settings(settings)
    {
    }

    /// The same in each run. Created if the settings hold no valid identifier.
    [[nodiscard]] ClientDevice device();

private:
    Settings &m_settings;
};

} // namespace Sparekey
