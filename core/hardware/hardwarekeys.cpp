// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/hardwarekeys.h"

#include "core/hardware/cardreaders.h"
#include "core/hardware/usbkeys.h"
#include "core/hardware/yubikeyotp.h"

#include <QCoroFuture>

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
using Pin = std::shared_ptr<const SecureBuffer>;

constexpr int mostMoves = 3;
// For the key to stop what an operation before has left it at.
constexpr auto windDown = 3s;
constexpr auto usedByOthers = 1s;

Pin shared(SecureBuffer pin)
{
    return std::make_shared<const SecureBuffer>(std::move(pin));
}

template<class T>
Result<std::any> asAny(Result<T> result)
{
    if (!result)
        return fail(std::move(result.error()));
    if constexpr (std::is_void_v<T>)
        return std::any();
    else
        return std::any(*std::move(result));
}

template<class T>
Result<T> asResult(const Result<std::any> &result)
{
    if (!result)
        return fail(result.error());
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return std::any_cast<const T &>(*result);
}

// A job that speaks CTAP: `act(key, worker)`. A key may call a proof stale that was made from the
// right PIN; one that is opened anew makes another.
template<class Act>
KeyWorker::Job keyJob(Act act)
{
    return [act](KeyWorker &worker) -> Result<std::any> {
        for (bool again = !worker.device().isReader();; again = false) {
            const auto key = worker.openKey();
            if (!key)
                return fail(key.error());
            auto result = act(**key, worker);
            if (result || result.error().kind != ErrorKind::KeyPinRefused || !again)
                return asAny(std::move(result));
        }
    };
}

KeyWorker::Job infoJob()
{
    return keyJob([](CtapDevice &key, KeyWorker &) { return key.info(); });
}

KeyWorker::Job makeCredentialJob(MakeCredentialRequest request, Pin pin)
{
    return keyJob([request = std::move(request),
                   pin](CtapDevice &key, KeyWorker &worker) -> Result<MakeCredentialReply> {
        worker.tellAtWork();
        auto made = key.makeCredential(request, *pin);
        // The credential is there, whatever becomes of this.
        if (made && !request.recognize.isEmpty())
            made->recognized = key.recognize(request.recognize, *pin).value_or(HeldCredentials());
        return made;
    });
}

KeyWorker::Job getAssertionJob(GetAssertionRequest request, Pin pin)
{
    return keyJob([request = std::move(request), pin](CtapDevice &key, KeyWorker &worker) {
        worker.tellAtWork();
        return key.getAssertion(request, *pin);
    });
}

KeyWorker::Job getAssertionIfHeldJob(GetAssertionRequest request)
{
    return keyJob([request = std::move(request)](CtapDevice &key,
                                                 KeyWorker &worker) -> Result<GetAssertionReply> {
        if (const auto held = key.lookFor(request); !held)
            return fail(held.error());
        worker.tellAtWork();
        return key.getAssertion(request, SecureBuffer());
    });
}

KeyWorker::Job recognizeJob(QList<KnownCredential> candidates, Pin pin)
{
    return keyJob([candidates = std::move(candidates), pin](CtapDevice &key, KeyWorker &) {
        return key.recognize(candidates, *pin);
    });
}

KeyWorker::Job lookJob(QList<KnownCredential> candidates, Pin pin)
{
    return keyJob([candidates = std::move(candidates),
                   pin](CtapDevice &key, KeyWorker &) -> Result<HardwareKeys::Look> {
        const auto held = key.recognize(candidates, *pin);
        const bool silent = !held && held.error().kind == ErrorKind::KeyPinRequired;
        if (!held && !silent)
            return fail(held.error());
        // Afterwards, since a right PIN gives the tries back.
        const auto info = key.info();
        if (!info)
            return fail(info.error());
        return HardwareKeys::Look{.info = *info,
                                  .held = held.value_or(HeldCredentials()),
                                  .silent = silent};
    });
}

KeyWorker::Job touchJob()
{
    return keyJob([](CtapDevice &key, KeyWorker &worker) -> Result<KeyDevice> {
        worker.tellAtWork();
        if (const auto touch = key.waitForTouch(); !touch)
            return fail(touch.error());
        return worker.device();
    });
}

KeyWorker::Job setPinJob(Pin newPin, Pin oldPin)
{
    return keyJob(
        [newPin, oldPin](CtapDevice &key, KeyWorker &) { return key.setPin(*newPin, *oldPin); });
}

KeyWorker::Job credentialsJob(Pin pin)
{
    return keyJob([pin](CtapDevice &key, KeyWorker &) { return key.credentials(*pin); });
}

KeyWorker::Job deleteCredentialJob(QByteArray id, Pin pin)
{
    return keyJob([id = std::move(id), pin](CtapDevice &key, KeyWorker &) {
        return key.deleteCredential(id, *pin);
    });
}

// In what stays when a key is plugged in anew, but is not the same for all keys of its model.
bool isAlike(const KeyInfo &key, const KeyInfo &other)
{
    return key.aaguid == other.aaguid && key.firmware == other.firmware
        && key.deviceVersion == other.deviceVersion && key.pin == other.pin
        && key.pinChangeForced == other.pinChangeForced
        && key.builtInVerification == other.builtInVerification
        && key.alwaysVerifies == other.alwaysVerifies && key.remainingSlots == other.remainingSlots;
}

KeyWorker::Job resetJob(HardwareKeys::Identity who)
{
    return keyJob([who = std::move(who)](CtapDevice &key, KeyWorker &worker) -> Result<void> {
        const auto info = key.info();
        if (!info)
            return fail(info.error());
        bool isIt = isAlike(*info, who.seen);
        if (isIt && !who.held.isEmpty()) {
            const auto held = key.recognize(who.held, SecureBuffer());
            // `who` proves it without one.
            if (!held && held.error().kind != ErrorKind::KeyPinRequired)
                return fail(held.error());
            isIt = held && !held->proven.isEmpty();
        }
        if (!isIt) {
            return fail(
                Error{.kind = ErrorKind::KeyNotRegistered, .subject = worker.device().name});
        }
        worker.tellAtWork();
        return key.reset();
    });
}

KeyWorker::Job otpJob()
{
    return [](KeyWorker &worker) -> Result<std::any> {
        const auto card = worker.openCard();
        if (!card)
            return fail(card.error());
        auto otp = readYubikeyOtp(**card);
        if (!otp)
            return fail(otp.error());
        return std::any(std::make_shared<SecureBuffer>(*std::move(otp)));
    };
}

} // namespace

/// One operation.
struct HardwareKeys::Run
{
    enum class Kind {
        One,    ///< On `device`.
        All,    ///< On every device that `suits`.
        Replug, ///< On the device that comes in the place of `device`.
    };

    Kind kind = Kind::One;
    KeyDevice device;
    std::function<bool(const KeyDevice &)> suits;
    KeyWorker::Job job;
    /// A card that was lifted may be tried again.
    bool mayRepeat = false;

    QPointer<KeyOperation> operation;
    QPromise<Result<std::any>> promise;
    Watch watch;
    bool finished = false;
    QHash<QString, std::shared_ptr<KeyWorker>> workers;
    /// Which card of a reader was tried; 0 for a key in a port.
    QHash<QString, int> tried;
    int moves = 0;
    /// For Replug: whether the device has gone, and what was there then.
    bool gone = false;
    QSet<QString> others;

    void set(Stage stage, const KeyDevice &about) const
    {
        if (operation && !finished)
            operation->set(stage, about);
    }
};

HardwareKeys::Transports HardwareKeys::systemTransports()
{
    return {std::make_shared<UsbKeys>(), std::make_shared<CardReaders>()};
}

HardwareKeys::HardwareKeys(Transports transports, QObject *parent)
    : QObject(parent)
    , m_mailbox(std::make_shared<Mailbox>())
{
    for (auto &transport : transports)
        m_sources.push_back({.transport = std::move(transport), .report = {}});
}

HardwareKeys::~HardwareKeys()
{
    const QList<std::shared_ptr<Run>> runs = m_runs;
    for (const auto &run : runs)
        finish(run, fail(ErrorKind::Canceled));
    m_mailbox->close();
    if (m_watches > 0)
        stopWatching();
    for (const auto &worker : std::as_const(m_workers))
        worker->cancel();
}

// ---------------------------------------------------------------- what is there

HardwareKeys::Watch HardwareKeys::watch()
{
    if (m_watches++ == 0)
        startWatching();
    // Any pointer will do; what counts is its end.
    return Watch(this, [keys = QPointer(this)](HardwareKeys *) {
        if (keys && --keys->m_watches == 0)
            keys->stopWatching();
    });
}

void HardwareKeys::startWatching()
{
    ++m_generation;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        m_sources[i].transport->startWatching(
            [this, i, generation = m_generation, mailbox = m_mailbox](KeyTransportReport report) {
                mailbox->post([this, i, generation, report = std::move(report)] {
                    take(i, generation, report);
                });
            });
    }
}

void HardwareKeys::stopWatching()
{
    ++m_generation;
    for (Source &source : m_sources) {
        source.transport->stopWatching();
        source.report.reset();
    }
    m_devices.clear();
}

bool HardwareKeys::isKnown() const
{
    return std::all_of(m_sources.begin(), m_sources.end(),
                       [](const Source &source) { return source.report.has_value(); });
}

QList<Error> HardwareKeys::problems() const
{
    QList<Error> all;
    for (const Source &source : m_sources) {
        if (source.report && source.report->problem)
            all.append(*source.report->problem);
    }
    return all;
}

void HardwareKeys::take(std::size_t source, int generation, KeyTransportReport report)
{
    if (generation != m_generation)
        return;
    m_sources[source].report = std::move(report);
    QList<KeyDevice> all;
    for (const Source &each : m_sources) {
        if (each.report)
            all += each.report->devices;
    }
    m_devices.clear();
    for (const KeyDevice &device : std::as_const(all)) {
        if (!device.isReader() || !isPartOfKey(device, all))
            m_devices.append(device);
    }
    Q_EMIT devicesChanged();
    const QList<std::shared_ptr<Run>> runs = m_runs;
    for (const auto &run : runs)
        advance(run);
}

std::shared_ptr<KeyTransport> HardwareKeys::transportOf(const KeyDevice &device) const
{
    for (const Source &source : m_sources) {
        if (!source.report)
            continue;
        for (const KeyDevice &each : source.report->devices) {
            if (each.id == device.id)
                return source.transport;
        }
    }
    return {};
}

// ---------------------------------------------------------------- running operations

QFuture<Result<std::any>> HardwareKeys::start(KeyOperation *operation, std::shared_ptr<Run> run)
{
    operation->cancel(); // should it be in use
    run->operation = operation;
    run->promise.start();
    QFuture<Result<std::any>> future = run->promise.future();
    m_runs.append(run);
    run->watch = watch();
    const QPointer<HardwareKeys> self(this);
    operation->m_stop = [self, weak = std::weak_ptr(run)] {
        const auto running = weak.lock();
        if (self && running)
            self->finish(running, fail(ErrorKind::Canceled));
    };
    run->set(Stage::Connect, run->device);
    advance(run);
    return future;
}

QFuture<Result<std::any>> HardwareKeys::startOn(KeyOperation *operation, KeyDevice device,
                                                KeyWorker::Job job, bool mayRepeat)
{
    auto run = std::make_shared<Run>();
    run->device = std::move(device);
    run->job = std::move(job);
    run->mayRepeat = mayRepeat;
    return start(operation, std::move(run));
}

void HardwareKeys::advance(const std::shared_ptr<Run> &run)
{
    if (run->finished)
        return;
    switch (run->kind) {
    case Run::Kind::One: advanceOne(run); break;
    case Run::Kind::All: advanceAll(run); break;
    case Run::Kind::Replug: advanceReplug(run); break;
    }
}

void HardwareKeys::advanceOne(const std::shared_ptr<Run> &run)
{
    if (!run->workers.isEmpty())
        return;
    const QString id = run->device.id;
    // The list may change below.
    const QList<KeyDevice> devices = m_devices;
    const auto found = std::find_if(devices.begin(), devices.end(),
                                    [&id](const KeyDevice &device) { return device.id == id; });
    if (found == devices.end()) {
        if (isKnown())
            finish(run, fail(Error{.kind = ErrorKind::KeyRemoved,
                                   .subject = run->device.name,
                                   .onReader = run->device.isReader()}));
        return;
    }
    const KeyDevice &device = *found;
    const bool used = run->tried.value(id, -1) == device.tap;
    if (device.state == KeyDevice::State::NoPermission) {
        finish(run, fail(Error{.kind = ErrorKind::KeyNoPermission, .subject = device.name}));
    } else if (device.state == KeyDevice::State::NoCard || used) {
        run->set(Stage::LayOnReader, device);
    } else if (m_workers.contains(id)) {
        // Until it has noticed that its operation has ended.
        QTimer::singleShot(windDown, this, [this, weak = std::weak_ptr(run), device] {
            const auto running = weak.lock();
            if (running && !running->finished && running->workers.isEmpty())
                finish(running, fail(Error{.kind = ErrorKind::KeyBusy,
                                           .subject = device.name,
                                           .onReader = device.isReader()}));
        });
    } else {
        startWorker(run, device);
    }
}

void HardwareKeys::advanceAll(const std::shared_ptr<Run> &run)
{
    QSet<QString> present;
    const QList<KeyDevice> devices = m_devices;
    for (const KeyDevice &device : devices) {
        present.insert(device.id);
        if (device.state == KeyDevice::State::Ready && run->suits(device)
            && run->tried.value(device.id, -1) != device.tap && !m_workers.contains(device.id))
            startWorker(run, device);
    }
    // One that comes back is a new chance.
    erase_if(run->tried, [&present](const auto &entry) { return !present.contains(entry.key()); });
    if (run->workers.isEmpty())
        run->set(Stage::WaitForKey, {});
}

void HardwareKeys::advanceReplug(const std::shared_ptr<Run> &run)
{
    if (!run->workers.isEmpty() || !isKnown())
        return;
    const auto found = std::find_if(m_devices.begin(), m_devices.end(), [&](const KeyDevice &each) {
        return each.id == run->device.id && each.state != KeyDevice::State::NoCard
            && each.tap == run->device.tap;
    });
    if (!run->gone && found != m_devices.end()) {
        run->set(Stage::Replug, run->device);
        return;
    }
    if (!run->gone) {
        run->gone = true;
        for (const KeyDevice &each : std::as_const(m_devices)) {
            if (each.id != run->device.id)
                run->others.insert(each.id);
        }
    }
    run->set(Stage::Replug, run->device);
    const QList<KeyDevice> devices = m_devices;
    for (const KeyDevice &each : devices) {
        if (each.name == run->device.name && each.connection == run->device.connection
            && each.state == KeyDevice::State::Ready && !run->others.contains(each.id)
            && !m_workers.contains(each.id)) {
            startWorker(run, each);
            return;
        }
    }
}

void HardwareKeys::startWorker(const std::shared_ptr<Run> &run, const KeyDevice &device)
{
    const auto transport = transportOf(device);
    if (!transport)
        return;
    const auto worker = std::make_shared<KeyWorker>(transport, device, m_timeouts);
    run->tried.insert(device.id, device.tap);
    run->workers.insert(device.id, worker);
    m_workers.insert(device.id, worker);
    if (run->kind != Run::Kind::All || run->workers.size() == 1)
        run->set(device.isReader() ? Stage::HoldStill : Stage::Connect, device);
    // Called through the mailbox, which is closed before this object goes.
    KeyWorker::Listener listener;
    listener.stage = [run, device](Stage stage) {
        run->set(stage, device);
    };
    listener.finished = [this, run, device](Result<std::any> result) {
        workerFinished(run, device, std::move(result));
    };
    worker->start(run->job, m_mailbox, std::move(listener));
}

void HardwareKeys::workerFinished(const std::shared_ptr<Run> &run, const KeyDevice &device,
                                  Result<std::any> result)
{
    m_workers.remove(device.id);
    run->workers.remove(device.id);
    if (!run->finished) {
        if (result) {
            if (run->operation)
                run->operation->m_device = device;
            finish(run, std::move(result));
        } else {
            failed(run, device, result.error());
        }
    }
    // Others may wait for this device.
    const QList<std::shared_ptr<Run>> runs = m_runs;
    for (const auto &each : runs)
        advance(each);
}

void HardwareKeys::failed(const std::shared_ptr<Run> &run, const KeyDevice &device,
                          const Error &error)
{
    if (run->kind != Run::Kind::All) {
        const bool again = error.kind == ErrorKind::KeyCardMoved && run->mayRepeat
            && run->moves++ < mostMoves;
        if (!again)
            finish(run, fail(error));
        return; // else the next card is waited for
    }
    switch (error.kind) {
    case ErrorKind::KeyPinRequired:
    case ErrorKind::KeyPinNotSet:
        if (run->operation)
            run->operation->m_device = device;
        finish(run, fail(error));
        return;
    case ErrorKind::KeyNotTouched: run->tried.remove(device.id); break; // it gave up by itself
    case ErrorKind::KeyBusy:
    case ErrorKind::KeyInUse:
    case ErrorKind::CardReaderInUse:
        // Others need a key for a moment only.
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

void HardwareKeys::finish(const std::shared_ptr<Run> &run, Result<std::any> result)
{
    if (run->finished)
        return;
    run->finished = true;
    m_runs.removeOne(run);
    for (const auto &worker : std::as_const(run->workers))
        worker->cancel();
    run->workers.clear(); // they hold on to the run until they are done
    run->watch.reset();
    if (const QPointer<KeyOperation> operation = run->operation) {
        operation->m_stop = nullptr;
        operation->set(Stage::Idle, operation->m_device);
    }
    run->promise.addResult(std::move(result));
    run->promise.finish();
}

// ---------------------------------------------------------------- the operations

QCoro::Task<Result<KeyInfo>> HardwareKeys::info(KeyOperation *operation, KeyDevice device)
{
    QFuture<Result<std::any>> running = startOn(operation, device, infoJob(), true);
    const Result<std::any> result = co_await running;
    co_return asResult<KeyInfo>(result);
}

QCoro::Task<Result<MakeCredentialReply>> HardwareKeys::makeCredential(KeyOperation *operation,
                                                                      KeyDevice device,
                                                                      MakeCredentialRequest request,
                                                                      SecureBuffer pin)
{
    KeyWorker::Job job = makeCredentialJob(std::move(request), shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), true);
    const Result<std::any> result = co_await running;
    co_return asResult<MakeCredentialReply>(result);
}

QCoro::Task<Result<GetAssertionReply>> HardwareKeys::getAssertion(KeyOperation *operation,
                                                                  KeyDevice device,
                                                                  GetAssertionRequest request,
                                                                  SecureBuffer pin)
{
    KeyWorker::Job job = getAssertionJob(std::move(request), shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), true);
    const Result<std::any> result = co_await running;
    co_return asResult<GetAssertionReply>(result);
}

QCoro::Task<Result<GetAssertionReply>>
HardwareKeys::getAssertionFromAny(KeyOperation *operation, GetAssertionRequest request)
{
    auto run = std::make_shared<Run>();
    run->kind = Run::Kind::All;
    run->suits = [](const KeyDevice &) {
        return true;
    };
    run->job = getAssertionIfHeldJob(std::move(request));
    QFuture<Result<std::any>> running = start(operation, std::move(run));
    const Result<std::any> result = co_await running;
    co_return asResult<GetAssertionReply>(result);
}

QCoro::Task<Result<HeldCredentials>> HardwareKeys::recognize(KeyOperation *operation,
                                                             KeyDevice device,
                                                             QList<KnownCredential> candidates,
                                                             SecureBuffer pin)
{
    KeyWorker::Job job = recognizeJob(std::move(candidates), shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), true);
    const Result<std::any> result = co_await running;
    co_return asResult<HeldCredentials>(result);
}

QCoro::Task<Result<HardwareKeys::Look>> HardwareKeys::look(KeyOperation *operation,
                                                           KeyDevice device,
                                                           QList<KnownCredential> candidates,
                                                           SecureBuffer pin)
{
    const bool isAwaited = !pin.isEmpty();
    KeyWorker::Job job = lookJob(std::move(candidates), shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), isAwaited);
    const Result<std::any> result = co_await running;
    co_return asResult<Look>(result);
}

QCoro::Task<Result<KeyDevice>> HardwareKeys::chooseByTouch(KeyOperation *operation)
{
    auto run = std::make_shared<Run>();
    run->kind = Run::Kind::All;
    run->suits = [](const KeyDevice &) {
        return true;
    };
    run->job = touchJob();
    QFuture<Result<std::any>> running = start(operation, std::move(run));
    const Result<std::any> result = co_await running;
    co_return asResult<KeyDevice>(result);
}

QCoro::Task<Result<void>> HardwareKeys::setPin(KeyOperation *operation, KeyDevice device,
                                               SecureBuffer newPin, SecureBuffer oldPin)
{
    KeyWorker::Job job = setPinJob(shared(std::move(newPin)), shared(std::move(oldPin)));
    // A second try with a PIN that was changed already would cost one of the tries.
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), false);
    const Result<std::any> result = co_await running;
    co_return asResult<void>(result);
}

QCoro::Task<Result<DiscoverableCredentials>>
HardwareKeys::credentials(KeyOperation *operation, KeyDevice device, SecureBuffer pin)
{
    KeyWorker::Job job = credentialsJob(shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), true);
    const Result<std::any> result = co_await running;
    co_return asResult<DiscoverableCredentials>(result);
}

QCoro::Task<Result<void>> HardwareKeys::deleteCredential(KeyOperation *operation, KeyDevice device,
                                                         QByteArray id, SecureBuffer pin)
{
    KeyWorker::Job job = deleteCredentialJob(std::move(id), shared(std::move(pin)));
    QFuture<Result<std::any>> running = startOn(operation, device, std::move(job), false);
    const Result<std::any> result = co_await running;
    co_return asResult<void>(result);
}

QCoro::Task<Result<void>> HardwareKeys::reset(KeyOperation *operation, KeyDevice device,
                                              Identity who)
{
    auto run = std::make_shared<Run>();
    run->kind = Run::Kind::Replug;
    run->device = std::move(device);
    run->job = resetJob(std::move(who));
    QFuture<Result<std::any>> running = start(operation, std::move(run));
    const Result<std::any> result = co_await running;
    co_return asResult<void>(result);
}

QCoro::Task<Result<SecureBuffer>> HardwareKeys::readOtp(KeyOperation *operation)
{
    auto run = std::make_shared<Run>();
    run->kind = Run::Kind::All;
    run->suits = [self = QPointer(this)](const KeyDevice &device) {
        return self && device.isReader() && self->m_otpTaps.value(device.id, -1) != device.tap;
    };
    run->job = otpJob();
    QFuture<Result<std::any>> running = start(operation, std::move(run));
    const QPointer<HardwareKeys> self(this);
    const QPointer<KeyOperation> teller(operation);
    const Result<std::any> result = co_await running;
    if (!result)
        co_return fail(result.error());
    if (self && teller)
        self->m_otpTaps.insert(teller->device().id, teller->device().tap);
    const auto otp = std::any_cast<std::shared_ptr<SecureBuffer>>(*result);
    co_return std::move(*otp);
}

} // namespace Sparekey
