// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/cardslot.h"

#include <thread>

namespace Sparekey {

/// Lays a card on a reader of vsmartcard's vpcd, the driver with which a real pcscd shows cards
/// that are programs. It listens on a TCP port of this computer for each of its slots.
class VpcdSlot : public CardSlot
{
public:
    /// Two slots: 35963, which is vpcd's own choice, and the next.
    static constexpr quint16 FirstPort = 35963;

    explicit VpcdSlot(quint16 port = FirstPort);
    ~VpcdSlot() override;
    VpcdSlot(const VpcdSlot &) = delete;
    VpcdSlot &operator=(const VpcdSlot &) = delete;
    VpcdSlot(VpcdSlot &&) = delete;
    VpcdSlot &operator=(VpcdSlot &&) = delete;

    /// False if nobody listens. pcscd notices within half a second.
    [[nodiscard]] bool insert(std::shared_ptr<KeyCard> card) override;
    void remove() final;
    /// The card takes commands and answers none, as long as it lies there.
    void hush() { m_hushed = true; }

private:
    void run(int descriptor);

    quint16 m_port;
    int m_descriptor = -1;
    std::shared_ptr<KeyCard> m_card;
    std::atomic<bool> m_hushed{false};
    std::thread m_thread;
};

} // namespace Sparekey
