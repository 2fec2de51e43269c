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

// What libfido2 reads and writes through where it does not open a device itself.

/// CTAPHID frames between libfido2 and a `HidLink`. The thread of the key, but for the frame that
/// cancels, which another thread sends.
class HidIo
{
public:
    explicit HidIo(std::unique_ptr<HidLink> link);

    /// A result of libfido2. Before `fido_dev_open`, which has to be called within `Opening`.
    [[nodiscard]] int attachTo(fido_dev_t *device);
    [[nodiscard]] bool isGone() const { return m_gone; }
    /// Whether the last answer was that the key works for somebody else.
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
    bool m_busy = false; // of the thread that receives
};

/// CTAP messages between libfido2 and a card.
class CardIo
{
public:
    explicit CardIo(std::unique_ptr<SmartCard> card);

    /// As above.
    [[nodiscard]] int attachTo(fido_dev_t *device);
    /// Of the last failure.
    [[nodiscard]] const std::optional<Error> &error() const { return m_card.error(); }

private:
    static int receive(fido_dev_t *device, uint8_t command, unsigned char *buffer, std::size_t size,
                       int ms);
    static int send(fido_dev_t *device, uint8_t command, const unsigned char *buffer,
                    std::size_t size);

    CtapCard m_card;
};

/// Tells libfido2's open function, on this thread and while this object lives, which of the above
/// it opens: libfido2 gives it nothing but a path.
class Opening
{
public:
    explicit Opening(void *io);
    ~Opening();
    Opening(const Opening &) = delete;
    Opening &operator=(const Opening &) = delete;
};

} // namespace Sparekey
