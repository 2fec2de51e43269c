// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace Sparekey {

/// Runs functions in the thread that created it, in the order in which other threads posted them.
/// Shared with those threads; once closed it drops new messages.
class Mailbox
{
public:
    using Message = std::function<void()>;

    /// The thread needs an event loop.
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;

    /// Any thread.
    void post(Message message);
    /// Call this in the thread that created it. No message runs afterwards.
    void close();

private:
    class Receiver;
    void deliver();

    std::mutex m_mutex;
    QList<Message> m_messages;
    std::unique_ptr<Receiver> m_receiver;
};

} // namespace Sparekey
