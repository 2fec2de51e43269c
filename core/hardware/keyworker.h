// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/ctapdevice.h"
#include "core/hardware/keydevice.h"
#include "core/hardware/keyoperation.h"
#include "core/hardware/keytransport.h"
#include "core/hardware/mailbox.h"
#include "core/result.h"

#include <any>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace Sparekey {

/// A thread that does one job with one key and ends. To cancel the job it starts a second thread:
/// libfido2 blocks the first, so another one has to send the cancel message.
///
/// It owns all it needs, so that nobody has to wait for a key that hangs.
class KeyWorker : public std::enable_shared_from_this<KeyWorker>
{
public:
    /// Runs on the worker's thread. `finished` gets its result.
    using Job = std::function<Result<std::any>(KeyWorker &worker)>;

    /// Both are called through the mailbox. After `finished` the thread has nothing left to do.
    struct Listener
    {
        std::function<void(KeyOperation::Stage)> stage;
        std::function<void(Result<std::any>)> finished;
    };

    KeyWorker(std::shared_ptr<KeyTransport> transport, KeyDevice device,
              CtapDevice::Timeouts timeouts);
    ~KeyWorker();
    KeyWorker(const KeyWorker &) = delete;
    KeyWorker &operator=(const KeyWorker &) = delete;

    void start(Job job, std::shared_ptr<Mailbox> mailbox, Listener listener);
    /// Returns at once. The job ends soon, unless the key does not answer at all.
    void cancel();

    [[nodiscard]] const KeyDevice &device() const { return m_device; }

    // ---- for the job
    /// Connects to the key, or reconnects to it. The pointer is valid until the next call or the
    /// job's end.
    [[nodiscard]] Result<CtapDevice *> openKey();
    /// Connects to the card on the reader, for a job that does not use CTAP.
    [[nodiscard]] Result<std::unique_ptr<SmartCard>> openCard();
    void reportStage(KeyOperation::Stage stage);
    /// Reports that the key is about to work, and may ask for a touch.
    void reportWorking();

private:
    void run(const Job &job);
    void cancelUntilEnded();
    [[nodiscard]] Failure canceled() const;

    std::shared_ptr<KeyTransport> m_transport;
    const KeyDevice m_device;
    const CtapDevice::Timeouts m_timeouts;
    std::shared_ptr<Mailbox> m_mailbox;
    Listener m_listener;

    std::thread m_thread;
    std::thread m_canceller;
    std::atomic<bool> m_canceled = false;
    std::mutex m_mutex;
    std::condition_variable m_endedChanged;
    std::shared_ptr<CtapDevice> m_key;
    bool m_ended = false;
};

} // namespace Sparekey
