// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hidlink.h"
#include "core/hardware/keydevice.h"
#include "core/hardware/smartcard.h"
#include "core/result.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace Sparekey {

/// The path of a device that libfido2 itself opens.
struct HidPath
{
    QByteArray path;
};

/// How a key is reached once a transport has connected to it.
using KeyConnection = std::variant<HidPath, std::unique_ptr<HidLink>, std::unique_ptr<SmartCard>>;

/// What a transport currently knows.
struct KeyTransportReport
{
    QList<KeyDevice> devices;
    /// Why it cannot see any device, such as `CardServiceMissing`.
    std::optional<Error> problem = {};

    bool operator==(const KeyTransportReport &other) const
    {
        return devices == other.devices && problem.has_value() == other.problem.has_value()
            && (!problem || problem->kind == other.problem->kind);
    }
};

/// A way to reach keys: USB, card readers, or simulated keys. Outlives all connections it made.
class KeyTransport
{
public:
    /// Receives a report; may be called from any thread, one call at a time.
    using Listener = std::function<void(KeyTransportReport)>;

    KeyTransport() = default;
    virtual ~KeyTransport() = default;
    KeyTransport(const KeyTransport &) = delete;
    KeyTransport &operator=(const KeyTransport &) = delete;

    /// Starts watching: reports the current devices to `listener`, and again after each change.
    /// Returns at once. To watch again, call `stopWatching` first.
    virtual void startWatching(Listener listener) = 0;
    /// The listener is not called any more once this returns. Does not wait for hardware.
    virtual void stopWatching() = 0;

    /// Connects to a reported device. Called by the thread that will use the connection, and may
    /// block it; several threads may call this at the same time. Errors: `KeyRemoved`,
    /// `KeyNoPermission`, `KeyInUse`, `KeyCardMoved`, `CardServiceMissing`, `CardReaderFailure`.
    [[nodiscard]] virtual Result<KeyConnection> connect(const KeyDevice &device) = 0;
};

} // namespace Sparekey
