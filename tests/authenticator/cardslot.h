// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/authenticator/keycard.h"

#include <atomic>
#include <functional>
#include <memory>

namespace Sparekey {

/// Where a card can be laid on a reader of another process. The card is used by a thread of its own
/// while it lies there; all else belongs to one thread.
class CardSlot
{
public:
    CardSlot() = default;
    virtual ~CardSlot() = default;
    CardSlot(const CardSlot &) = delete;
    CardSlot &operator=(const CardSlot &) = delete;
    CardSlot(CardSlot &&) = delete;
    CardSlot &operator=(CardSlot &&) = delete;

    /// False if there is no reader.
    [[nodiscard]] virtual bool insert(std::shared_ptr<KeyCard> card) = 0;
    virtual void remove() = 0;
    /// Takes the card away once it has answered that many more commands.
    void removeAfter(int commands) { m_commandsLeft = commands; }
    [[nodiscard]] int commandCount() const { return m_commands; }
    /// Is called by the card's thread after each command. Set it before the first card.
    void setListener(std::function<void()> listener) { m_listener = std::move(listener); }

protected:
    void beginCard() { m_commandsLeft = -1; }
    /// @return whether the card is still there
    [[nodiscard]] bool countCommand()
    {
        ++m_commands;
        if (m_listener)
            m_listener();
        return m_commandsLeft <= 0 || --m_commandsLeft != 0;
    }

private:
    std::atomic<int> m_commandsLeft{-1};
    std::atomic<int> m_commands{0};
    std::function<void()> m_listener;
};

} // namespace Sparekey
