// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/ctapcard.h"
#include "core/hardware/fido2library.h"
#include "core/hardware/hidlink.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

namespace Sparekey {

// Input and output for devices that libfido2 does not open itself.

/// Carries CTAPHID frames between libfido2 and a `HidLink`. Use in the key's thread; only the
/// cancel frame is sent by another thread.
class HidIo
{
public:
    explicit HidIo(std::unique_ptr<HidLink> link);

    /// Returns a result code of libfido2. Call this before `fido_dev_open`, which needs an
    /// `Opening` in scope.
    [[nodiscard]] int attachTo(fido_dev_t *device);
    [[nodiscard]] bool isGone() const { return m_gone; }
    /// Whether the last answer said that the key is busy with another program.
    [[nodiscard]] bool isBusy() const { return m_busy; }

private:
    static int read(void *handle, unsigned char *buffer, std::size_t size, int ms);
    static int write(void *handle, const unsigned char *buffer, std::size_t size);
    int receive(std::span<unsigned char> buffer, int ms);
    int send(std::span<const unsigned char> report);

    std::unique_ptr<HidLink> m_link;
    std::mutex m_mutex;
    std::condition_variable m_messageSent;
    int m_toSend = 0;
    std::atomic<bool> m_gone = false;
    bool m_busy = false; // used only by the receiving thread
};

/// Carries CTAP messages between libfido2 and a card.
class CardIo
{
public:
    explicit CardIo(std::unique_ptr<SmartCard> card);

    /// As in `HidIo`.
    [[nodiscard]] int attachTo(fido_dev_t *device);
    /// The error of the last failed call.
    [[nodiscard]] const std::optional<Error> &error() const { return m_card.error(); }

private:
    static int receive(fido_dev_t *device, uint8_t command, unsigned char *buffer, std::size_t size,
                       int ms);
    static int send(fido_dev_t *device, uint8_t command, const unsigned char *buffer,
                    std::size_t size);

    CtapCard m_card;
};

/// While this object exists, the open function on this thread opens `io`. Needed because libfido2
/// passes that function only a path.
class Opening
{
public:
    explicit Opening(void *io);
    ~Opening();
    Opening(const Opening &) = delete;
    Opening &operator=(const Opening &) = delete;
};

} // namespace Sparekey
