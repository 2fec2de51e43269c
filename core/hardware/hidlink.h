// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <chrono>
#include <optional>

namespace Sparekey {

/// The way of CTAPHID frames to and from a key that is no device of this computer, such as one made
/// of software (CTAP 2.1, 11.2). Connected as long as the object lives.
///
/// `receive` is called by one thread, `send` by that one and by another that cancels; the caller
/// sees to it that two calls of `send` never overlap.
class HidLink
{
public:
    /// One report, without its number.
    using Frame = std::array<unsigned char, 64>;

    enum class Received { Frame, TimedOut, Gone };

    HidLink() = default;
    virtual ~HidLink() = default;
    HidLink(const HidLink &) = delete;
    HidLink &operator=(const HidLink &) = delete;

    /// False if the key is gone. Does not wait for an answer.
    [[nodiscard]] virtual bool send(const Frame &frame) = 0;
    /// Waits for the next frame, for ever without a `timeout`.
    [[nodiscard]] virtual Received receive(Frame &frame,
                                           std::optional<std::chrono::milliseconds> timeout) = 0;
};

} // namespace Sparekey
