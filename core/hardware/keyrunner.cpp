// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/keyrunner.h"

#include <QPointer>
#include <QPromise>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace Sparekey {

namespace {

using namespace std::chrono_literals;
using Stage = KeyOperation::Stage;
using Target = KeyTask::Target;

constexpr int mostMoves = 3;
// How long to wait until the key has stopped the previous operation.
constexpr auto windDown = 3s;
constexpr auto usedByOthers = 1s;

} // namespace

/// A running task.
struct KeyRunner::Run
{
    KeyTask task;
    QPointer<KeyOperation> operation;
    QPromise<Result<std::any>> promise;
    KeyWatcher::Watch watch;
    bool finished = false;
    QHash<QString, std::shared_ptr<KeyWorker>> workers;
    /// For each device, the `cardNumber` that was tried; 0 for a USB key.
    QHash<QString, int> tried;
    int moves = 0;
    /// For `Replugged`: whether the device was removed, and which others were connected then.
    bool gone = false;
    QSet<QString> others;

    void set(Stage stage, const KeyDevice &about) const
    {
        if (operation && !finished)
            operation->set(stage, about);
    }
};

KeyRunner::KeyRunner(KeyWatcher &watcher, std::shared_ptr<Mailbox> mailbox)
    : m_watcher(watcher)
    , m_mailbox(std::move(mailbox))
{
}

KeyRunner::~KeyRunner()
{
    stop();
    for (const auto &worker : std::as_const(m_workers))
        worker->cancel();
}

void KeyRunner::stop()
{
    const QList<std::shared_ptr<Run>> runs = m_runs;
    for (const auto &run : runs)
        finish(run, fail(ErrorKind::Canceled));
}

QFuture<Result<std::any>> KeyRunner::start(KeyOperation *operation, KeyTask task)
{
    operation->cancel(); // if it is in use
    const auto run = std::make_shared<Run>();
    run->task = std::move(task);
    run->operation = operation;
    run->promise.start();
    QFuture<Result<std::any>> future = run->promise.future();
    m_runs.append(run);
    run->watch = m_watcher.watch();
    const QPointer<KeyRunner> self(this);
    operation->m_stop = [self, weak = std::weak_ptr(run)] {
        const auto running = weak.lock();
        if (self && running)
            self->finish(running, fail(ErrorKind::Canceled));
    };
    run->set(Stage::Connect, run->task.device);
    advance(run);
    return future;
}

void KeyRunner::advance()
{
    const QList<std::shared_ptr<Run>> runs = m_runs;
    for (const auto &run : runs)
        advance(run);
}

void KeyRunner::advance(const std::shared_ptr<Run> &run)
{
    if (run->finished)
        return;
    switch (run->task.target) {
    case Target::One: advanceOne(run); break;
    case Target::Any: advanceAny(run); break;
    case Target::Replugged: advanceReplugged(run); break;
    }
}

void KeyRunner::advanceOne(const std::shared_ptr<Run> &run)
{
    if (!run->workers.isEmpty())
        return;
    const QString id = run->task.device.id;
    // A copy, because the list may change below.
    const QList<KeyDevice> devices = m_watcher.devices();
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&id](const KeyDevice &device) { return device.id == id; });
    if (found == devices.end()) {
        if (m_watcher.isKnown())
            finish(run,
                   fail(Error{.kind = ErrorKind::KeyRemoved,
                              .subject = run->task.device.name,
                              .onReader = run->task.device.isReader()}));
        return;
    }
    const KeyDevice &device = *found;
    const bool used = run->tried.value(id, -1) == device.cardNumber;
    if (device.state == KeyDevice::State::NoPermission) {
        finish(run, fail(Error{.kind = ErrorKind::KeyNoPermission, .subject = device.name}));
    } else if (device.state == KeyDevice::State::NoCard || used) {
        run->set(Stage::PlaceOnReader, device);
    } else if (m_workers.contains(id)) {
        // Wait until the previous worker has noticed that its operation ended.
        QTimer::singleShot(windDown, this, [this, weak = std::weak_ptr(run), device] {
            const auto running = weak.lock();
            if (running && !running->finished && running->workers.isEmpty())
                finish(running,
                       fail(Error{.kind = ErrorKind::KeyBusy,
                                  .subject = device.name,
                                  .onReader = device.isReader()}));
        });
    } else {
        startWorker(run, device);
    }
}

void KeyRunner::advanceAny(const std::shared_ptr<Run> &run)
{
    QSet<QString> present;
    const QList<KeyDevice> devices = m_watcher.devices();
    for (const KeyDevice &device : devices) {
        present.insert(device.id);
        if (device.state == KeyDevice::State::Ready && run->task.suits(device)
            && run->tried.value(device.id, -1) != device.cardNumber
            && !m_workers.contains(device.id))
            startWorker(run, device);
    }
    // A device that is connected again is tried again.
    erase_if(run->tried, [&present](const auto &entry) { return !present.contains(entry.key()); });
    if (run->workers.isEmpty())
        run->set(Stage::WaitForKey, {});
}

void KeyRunner::advanceReplugged(const std::shared_ptr<Run> &run)
{
    if (!run->workers.isEmpty() || !m_watcher.isKnown())
        return;
    const QList<KeyDevice> devices = m_watcher.devices();
    const auto found = std::find_if(devices.begin(), devices.end(), [&](const KeyDevice &each) {
        return each.id == run->task.device.id && each.state != KeyDevice::State::NoCard
            && each.cardNumber == run->task.device.cardNumber;
    });
    if (!run->gone && found != devices.end()) {
        run->set(Stage::Replug, run->task.device);
        return;
    }
    if (!run->gone) {
        run->gone = true;
        for (const KeyDevice &each : devices) {
            if (each.id != run->task.device.id)
                run->others.insert(each.id);
        }
    }
    run->set(Stage::Replug, run->task.device);
    for (const KeyDevice &each : devices) {
        if (each.name == run->task.device.name && each.connection == run->task.device.connection
            && each.state == KeyDevice::State::Ready && !run->others.contains(each.id)
            && !m_workers.contains(each.id)) {
            startWorker(run, each);
            return;
        }
    }
}

void KeyRunner::startWorker(const std::shared_ptr<Run> &run, const KeyDevice &device)
{
    const auto transport = m_watcher.transportOf(device);
    if (!transport)
        return;
    const auto worker = std::make_shared<KeyWorker>(transport, device, m_timeouts);
    run->tried.insert(device.id, device.cardNumber);
    run->workers.insert(device.id, worker);
    m_workers.insert(device.id, worker);
    if (run->task.target != Target::Any || run->workers.size() == 1)
        run->set(device.isReader() ? Stage::KeepOnReader : Stage::Connect, device);
    // Called through the mailbox, which is closed before this object is destroyed.
    KeyWorker::Listener listener;
    listener.stage = [run, device](Stage stage) {
        run->set(stage, device);
    };
    listener.finished = [this, run, device](Result<std::any> result) {
        workerFinished(run, device, std::move(result));
    };
    worker->start(run->task.job, m_mailbox, std::move(listener));
}

void KeyRunner::workerFinished(const std::shared_ptr<Run> &run, const KeyDevice &device,
                               Result<std::any> result)
{
    m_workers.remove(device.id);
    run->workers.remove(device.id);
    if (result && run->task.whenDone)
        run->task.whenDone();
    if (!run->finished) {
        if (result) {
            if (run->operation)
                run->operation->m_device = device;
            finish(run, std::move(result));
        } else {
            failed(run, device, result.error());
        }
    }
    // Other tasks may be waiting for this device.
    advance();
}

void KeyRunner::failed(const std::shared_ptr<Run> &run, const KeyDevice &device, const Error &error)
{
    if (run->task.target != Target::Any) {
        const bool again = error.kind == ErrorKind::KeyCardMoved && run->task.mayRepeat
            && run->moves++ < mostMoves;
        if (!again)
            finish(run, fail(error));
        return; // else wait for the next card
    }
    switch (error.kind) {
    case ErrorKind::KeyPinRequired:
    case ErrorKind::KeyPinNotSet:
    case ErrorKind::KeyPinChangeRequired:
        if (run->operation)
            run->operation->m_device = device;
        finish(run, fail(error));
        return;
    case ErrorKind::KeyNotTouched: run->tried.remove(device.id); break; // the key's own timeout
    case ErrorKind::KeyBusy:
    case ErrorKind::KeyInUse:
    case ErrorKind::CardReaderInUse:
        // Other programs need a key only for a moment, so try again.
        QTimer::singleShot(usedByOthers, this, [this, weak = std::weak_ptr(run), id = device.id] {
            const auto running = weak.lock();
            if (!running)
                return;
            running->tried.remove(id);
            advance(running);
        });
        break;
    default: break;
    }
    if (run->operation)
        Q_EMIT run->operation->deviceFailed(device, error);
}

void KeyRunner::finish(const std::shared_ptr<Run> &run, Result<std::any> result)
{
    if (run->finished)
        return;
    run->finished = true;
    m_runs.removeOne(run);
    for (const auto &worker : std::as_const(run->workers))
        worker->cancel();
    run->workers.clear(); // they own the run until they are done
    run->watch.reset();
    if (const QPointer<KeyOperation> operation = run->operation) {
        operation->m_stop = nullptr;
        operation->set(Stage::Idle, operation->m_device);
    }
    run->promise.addResult(std::move(result));
    run->promise.finish();
}

} // namespace Sparekey
