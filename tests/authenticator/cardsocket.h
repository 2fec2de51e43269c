// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/cardslot.h"
#include "tests/authenticator/portsocket.h"
#include "tests/authenticator/wakeup.h"

#include <QByteArray>

#include <thread>

namespace Sparekey {

/// A reader for another process, for systems where no pcscd can be had: one file that says that it
/// is there, and, while a card lies on it, a Unix socket over which APDUs and their answers go,
/// each behind its length in two bytes (big-endian). One program at a time is let in, and finds the
/// card as it is after a power-up.
class CardSocket : public CardSlot
{
public:
    /// @param folder where both files are made
    explicit CardSocket(QByteArray folder);
    ~CardSocket() override;
    CardSocket(const CardSocket &) = delete;
    CardSocket &operator=(const CardSocket &) = delete;
    CardSocket(CardSocket &&) = delete;
    CardSocket &operator=(CardSocket &&) = delete;

    [[nodiscard]] bool insert(std::shared_ptr<KeyCard> card) override;
    void remove() final;

private:
    void run();
    [[nodiscard]] bool serve(const PortSocket &place, const Descriptor &connection);
    [[nodiscard]] bool answerCommands(const Descriptor &connection, QByteArray &received);

    const QByteArray m_folder;
    std::shared_ptr<KeyCard> m_card;
    const WakeUp m_wakeUp;
    std::atomic<bool> m_removing{false};
    std::thread m_thread;
};

} // namespace Sparekey
