// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

namespace Sparekey {

/// Tells a resumed coroutine whether its object still exists and still wants the result. A member
/// of the object whose member functions are the coroutines; they take a ticket first and check it
/// after every `co_await`:
///
///     QCoro::Task<void> Page::load()
///     {
///         const auto ticket = m_loading.renew(); // only the newest load counts
///         const auto answer = co_await fetch(m_session);
///         if (!ticket)
///             co_return;
///         m_answer = answer;
///     }
///
/// Use `ticket()` where several tasks may run side by side until `cancel()`. A task that has to
/// record something even if its result is no longer wanted checks `ticket.ownerExists()` first.
///
/// Use only in the thread of the owner. Not copyable, because tickets belong to one owner. The
/// guard is destroyed with its owner's members; its tickets are invalid from then on.
class TaskGuard
{
public:
    class Ticket
    {
    public:
        /// The owner exists, and neither `renew()` nor `cancel()` was called since.
        [[nodiscard]] bool isValid() const { return !m_round.expired(); }
        [[nodiscard]] explicit operator bool() const { return isValid(); }
        /// The owner exists.
        [[nodiscard]] bool ownerExists() const { return !m_owner.expired(); }

    private:
        friend TaskGuard;
        Ticket(std::weak_ptr<const int> owner, std::weak_ptr<const int> round)
            : m_owner(std::move(owner))
            , m_round(std::move(round))
        {
        }

        std::weak_ptr<const int> m_owner;
        std::weak_ptr<const int> m_round;
    };

    TaskGuard() = default;
    TaskGuard(const TaskGuard &) = delete;
    TaskGuard &operator=(const TaskGuard &) = delete;

    /// Good until the next `renew()` or `cancel()`.
    [[nodiscard]] Ticket ticket() const { return {m_owner, m_round}; }
    /// Voids all earlier tickets.
    void cancel() { m_round = std::make_shared<const int>(); }
    /// Voids all earlier tickets and gives a new one.
    [[nodiscard]] Ticket renew()
    {
        cancel();
        return ticket();
    }

private:
    std::shared_ptr<const int> m_owner = std::make_shared<const int>();
    std::shared_ptr<const int> m_round = std::make_shared<const int>();
};

} // namespace Sparekey
