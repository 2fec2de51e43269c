// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace Sparekey {

class Mailbox::Receiver : public QObject
{
public:
    explicit Receiver(Mailbox &mailbox)
        : m_mailbox(mailbox)
    {
    }

protected:
    void customEvent(QEvent *) override { m_mailbox.deliver(); }

private:
    Mailbox &m_mailbox;
};

Mailbox::Mailbox()
    : m_receiver(std::make_unique<Receiver>(*this))
{
}

Mailbox::~Mailbox() = default;

void Mailbox::post(Message message)
{
    const std::lock_guard lock(m_mutex);
    if (!m_receiver)
        return;
    m_messages.append(std::move(message));
    if (m_messages.size() == 1)
        QCoreApplication::postEvent(m_receiver.get(), new QEvent(QEvent::User));
}

void Mailbox::close()
{
    // Destroyed outside the lock, because the destruction of a message may post another one.
    std::unique_ptr<Receiver> receiver;
    QList<Message> messages;
    {
        const std::lock_guard lock(m_mutex);
        receiver.swap(m_receiver);
        messages.swap(m_messages);
    }
}

void Mailbox::deliver()
{
    QList<Message> messages;
    {
        const std::lock_guard lock(m_mutex);
        messages.swap(m_messages);
    }
    for (const Message &message : std::as_const(messages))
        message();
}

} // namespace Sparekey
