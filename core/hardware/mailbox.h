// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace Sparekey {

/// Has functions run in the thread that made it, in the order in which other threads posted them.
/// Shared with those threads; once closed it drops what it is given.
class Mailbox
{
public:
    using Message = std::function<void()>;

    /// For a thread with an event loop.
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;

    /// Any thread.
    void post(Message message);
    /// The thread that made it. Nothing runs afterwards.
    void close();

private:
    class Receiver;
    void deliver();

    std::mutex m_mutex;
    QList<Message> m_messages;
    std::unique_ptr<Receiver> m_receiver;
};

} // namespace Sparekey
