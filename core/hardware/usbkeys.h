// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keytransport.h"

#include <QString>

#include <memory>
#include <thread>

namespace Sparekey {

/// Keys in USB ports of this computer: the hidraw devices whose report descriptor is that of a
/// security key. libfido2 itself talks to them. A key that this user may not open is listed with
/// the state `NoPermission`.
///
/// While watching, one thread waits until udev reports a change or, where udev does not run
/// (containers, sandboxes), until the device folder changes.
class UsbKeys : public KeyTransport
{
public:
    /// Paths of the system; tests use others.
    struct Places
    {
        QString classFolder; ///< Of the kernel's hidraw class.
        QString deviceFolder;
        QString udevControl; ///< Exists if udev runs.
    };
    [[nodiscard]] static Places systemPlaces();

    explicit UsbKeys(Places places = systemPlaces());
    ~UsbKeys() override;

    void startWatching(Listener listener) override;
    void stopWatching() override;
    [[nodiscard]] Result<KeyConnection> connect(const KeyDevice &device) override;

private:
    class Watch;

    Places m_places;
    std::shared_ptr<Watch> m_watch;
    std::thread m_thread;
};

} // namespace Sparekey
