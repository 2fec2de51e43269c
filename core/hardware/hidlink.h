// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <chrono>
#include <optional>

namespace Sparekey {

/// Carries CTAPHID frames (CTAP 2.1, 11.2) to and from a key that is not a device of this computer,
/// such as a software key. Connected as long as the object exists.
///
/// `receive` is called by one thread, `send` by the same thread and by another one to cancel. The
/// caller ensures that calls of `send` never overlap.
class HidLink
{
public:
    /// One report, without its report ID.
    using Frame = std::array<unsigned char, 64>;

    enum class Received { Frame, TimedOut, Gone };

    HidLink() = default;
    virtual ~HidLink() = default;
    HidLink(const HidLink &) = delete;
    HidLink &operator=(const HidLink &) = delete;

    /// False if the key is gone. Does not wait for an answer.
    [[nodiscard]] virtual bool send(const Frame &frame) = 0;
    /// Waits for the next frame, indefinitely without a `timeout`.
    [[nodiscard]] virtual Received receive(Frame &frame,
                                           std::optional<std::chrono::milliseconds> timeout) = 0;
};

} // namespace Sparekey
