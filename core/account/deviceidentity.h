// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/api/client.h"
#include "core/settings/settings.h"

namespace Sparekey {

/// By which identifier servers know this installation. It lies in the settings file, which only its
/// owner can read, as the official apps keep theirs: it lets nobody in by itself, and asking the
/// keyring for it would make every first sign-in wait for one. GUI thread.
class DeviceIdentity
{
public:
    /// `settings` must outlive this object.
    explicit DeviceIdentity(Settings &settings)
        : m_settings(settings)
    {
    }

    /// The same in each run; made with the first call, and where the settings hold no identifier.
    [[nodiscard]] ClientDevice device();

private:
    Settings &m_settings;
};

} // namespace Sparekey
