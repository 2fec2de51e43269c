// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keyworker.h"

#include <chrono>
#include <utility>

namespace Sparekey {

namespace {

constexpr std::chrono::milliseconds cancelRepeat(50);

} // namespace

KeyWorker::KeyWorker(std::shared_ptr<KeyTransport> transport, KeyDevice device,
                     CtapDevice::Timeouts timeouts)
    : m_transport(std::move(transport))
    , m_device(std::move(device))
    , m_timeouts(timeouts)
{
}

KeyWorker::~KeyWorker()
{
    // The threads share ownership of this object, so the last one may run this destructor, and a
    // thread cannot join itself.
    if (m_thread.joinable())
        m_thread.detach();
    if (m_canceller.joinable())
        m_canceller.detach();
}

void KeyWorker::start(Job job, std::shared_ptr<Mailbox> mailbox, Listener listener)
{
    m_mailbox = std::move(mailbox);
    m_listener = std::move(listener);
    m_thread = std::thread([self = shared_from_this(), work = std::move(job)] { self->run(work); });
}

void KeyWorker::run(const Job &job)
{
    Result<std::any> result = m_canceled ? Result<std::any>(canceled()) : job(*this);
    if (!result)
        result.error().onReader = m_device.isReader();
    {
        // Removed under the lock, so that the canceling thread does not start to use it.
        std::shared_ptr<CtapDevice> key;
        const std::lock_guard lock(m_mutex);
        key.swap(m_key);
        m_ended = true;
    }
    m_endedChanged.notify_all();
    m_mailbox->post([self = shared_from_this(), outcome = std::move(result)] {
        self->m_thread.join();
        if (self->m_canceller.joinable())
            self->m_canceller.join();
        const Listener listener = std::exchange(self->m_listener, {});
        listener.finished(outcome);
    });
}

void KeyWorker::cancel()
{
    if (m_canceled.exchange(true))
        return;
    m_canceller = std::thread([self = shared_from_this()] { self->cancelUntilEnded(); });
}

void KeyWorker::cancelUntilEnded()
{
    std::unique_lock lock(m_mutex);
    while (!m_ended) {
        if (const std::shared_ptr<CtapDevice> key = m_key) {
            lock.unlock();
            key->cancel(); // may wait for the key
            lock.lock();
        }
        m_endedChanged.wait_for(lock, cancelRepeat, [this] { return m_ended; });
    }
}

Failure KeyWorker::canceled() const
{
    return fail(Error{.kind = ErrorKind::Canceled, .subject = m_device.name});
}

Result<CtapDevice *> KeyWorker::openKey()
{
    {
        std::shared_ptr<CtapDevice> old;
        const std::lock_guard lock(m_mutex);
        old.swap(m_key);
    }
    if (m_canceled)
        return canceled();
    auto connection = m_transport->connect(m_device);
    if (!connection)
        return fail(connection.error());
    const auto key = std::make_shared<CtapDevice>(m_device.name, m_timeouts);
    {
        const std::lock_guard lock(m_mutex);
        m_key = key;
    }
    if (m_canceled)
        return canceled();
    if (const auto opened = key->open(std::move(*connection)); !opened)
        return fail(opened.error());
    return key.get();
}

Result<std::unique_ptr<SmartCard>> KeyWorker::openCard()
{
    auto connection = m_transport->connect(m_device);
    if (!connection)
        return fail(connection.error());
    if (auto *card = std::get_if<std::unique_ptr<SmartCard>>(&*connection))
        return std::move(*card);
    return fail(Error{.kind = ErrorKind::CardHasNoOtp, .subject = m_device.name});
}

void KeyWorker::reportStage(KeyOperation::Stage stage)
{
    m_mailbox->post([self = shared_from_this(), stage] {
        if (self->m_listener.stage)
            self->m_listener.stage(stage);
    });
}

void KeyWorker::reportWorking()
{
    reportStage(m_device.isReader() ? KeyOperation::Stage::KeepOnReader
                                    : KeyOperation::Stage::Touch);
}

} // namespace Sparekey
