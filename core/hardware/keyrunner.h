// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/ctapdevice.h"
#include "core/hardware/keyoperation.h"
#include "core/hardware/keywatcher.h"
#include "core/hardware/keyworker.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QObject>

#include <any>
#include <functional>
#include <memory>

namespace Sparekey {

/// A job, and the devices to run it on.
struct KeyTask
{
    enum class Target {
        One,       ///< `device`. Waits for a card if it is a reader without one.
        Any,       ///< Every device that `suits`, also later ones, until one succeeds.
        Replugged, ///< `device`, after it was removed and connected again.
    };

    Target target = Target::One;
    KeyWorker::Job job;
    KeyDevice device = {};
    std::function<bool(const KeyDevice &)> suits = {};
    /// For `One`: waits again, up to three times, for a card that was removed too early.
    bool mayRepeat = false;
    /// Called once a key has done the job, also if the task was canceled meanwhile.
    std::function<void()> whenDone = {};
};

/// Runs tasks with keys: waits for their devices, starts a `KeyWorker` for each, and ends the task
/// with the first result. GUI thread.
class KeyRunner : public QObject
{
    Q_OBJECT

public:
    /// `watcher` must outlive this object. Workers answer through `mailbox`, which is closed before
    /// this object is destroyed.
    KeyRunner(KeyWatcher &watcher, std::shared_ptr<Mailbox> mailbox);
    ~KeyRunner() override;

    /// For workers that start later.
    void setTimeouts(CtapDevice::Timeouts timeouts) { m_timeouts = timeouts; }

    /// `operation` reports progress and can cancel; if it is already in use, that task is canceled.
    [[nodiscard]] QFuture<Result<std::any>> start(KeyOperation *operation, KeyTask task);
    /// The watcher's devices have changed.
    void advance();
    /// Ends all tasks with `Canceled`.
    void stop();

private:
    struct Run;

    void advance(const std::shared_ptr<Run> &run);
    void advanceOne(const std::shared_ptr<Run> &run);
    void advanceAny(const std::shared_ptr<Run> &run);
    void advanceReplugged(const std::shared_ptr<Run> &run);
    void startWorker(const std::shared_ptr<Run> &run, const KeyDevice &device);
    void workerFinished(const std::shared_ptr<Run> &run, const KeyDevice &device,
                        Result<std::any> result);
    void failed(const std::shared_ptr<Run> &run, const KeyDevice &device, const Error &error);
    void finish(const std::shared_ptr<Run> &run, Result<std::any> result);

    KeyWatcher &m_watcher;
    std::shared_ptr<Mailbox> m_mailbox;
    CtapDevice::Timeouts m_timeouts;
    QList<std::shared_ptr<Run>> m_runs;
    // By device id; includes workers of tasks that have ended.
    QHash<QString, std::shared_ptr<KeyWorker>> m_workers;
};

} // namespace Sparekey
