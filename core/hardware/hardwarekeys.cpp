// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/hardwarekeys.h"

#include "core/hardware/cardreaders.h"
#include "core/hardware/usbkeys.h"

#include <QCoroFuture>

#include <QPointer>

#include <utility>

namespace Sparekey {

namespace {

SharedPin shared(SecureBuffer pin)
{
    return std::make_shared<const SecureBuffer>(std::move(pin));
}

// A task for one device. If a card is removed too early, it waits for the card again, unless
// repeating the job would do harm (`mayRepeat`).
KeyTask onDevice(KeyDevice device, KeyWorker::Job job, bool mayRepeat = true)
{
    return {.job = std::move(job), .device = std::move(device), .mayRepeat = mayRepeat};
}

KeyTask onAny(KeyWorker::Job job)
{
    return {.target = KeyTask::Target::Any, .job = std::move(job), .suits = [](const KeyDevice &) {
                return true;
            }};
}

} // namespace

HardwareKeys::Transports HardwareKeys::systemTransports()
{
    return {std::make_shared<UsbKeys>(), std::make_shared<CardReaders>()};
}

HardwareKeys::HardwareKeys(Transports transports, QObject *parent)
    : QObject(parent)
    , m_mailbox(std::make_shared<Mailbox>())
    , m_watcher(std::move(transports), m_mailbox)
    , m_runner(m_watcher, m_mailbox)
{
    connect(&m_watcher, &KeyWatcher::changed, this, [this] {
        Q_EMIT devicesChanged();
        m_runner.advance();
    });
}

HardwareKeys::~HardwareKeys()
{
    m_runner.stop();
    m_mailbox->close();
}

template<class T>
QCoro::Task<Result<T>> HardwareKeys::run(KeyOperation *operation, KeyTask task)
{
    QFuture<Result<std::any>> running = m_runner.start(operation, std::move(task));
    const Result<std::any> result = co_await running;
    if (!result)
        co_return fail(result.error());
    if constexpr (std::is_void_v<T>)
        co_return Result<void>();
    else
        co_return std::any_cast<const T &>(*result);
}

QCoro::Task<Result<KeyInfo>> HardwareKeys::info(KeyOperation *operation, KeyDevice device)
{
    return run<KeyInfo>(operation, onDevice(std::move(device), infoJob()));
}

QCoro::Task<Result<MakeCredentialReply>> HardwareKeys::makeCredential(KeyOperation *operation,
                                                                      KeyDevice device,
                                                                      MakeCredentialRequest request,
                                                                      SecureBuffer pin)
{
    KeyWorker::Job job = makeCredentialJob(std::move(request), shared(std::move(pin)));
    return run<MakeCredentialReply>(operation, onDevice(std::move(device), std::move(job)));
}

QCoro::Task<Result<GetAssertionReply>> HardwareKeys::getAssertion(KeyOperation *operation,
                                                                  KeyDevice device,
                                                                  GetAssertionRequest request,
                                                                  SecureBuffer pin)
{
    KeyWorker::Job job = getAssertionJob(std::move(request), shared(std::move(pin)));
    return run<GetAssertionReply>(operation, onDevice(std::move(device), std::move(job)));
}

QCoro::Task<Result<GetAssertionReply>>
HardwareKeys::getAssertionFromAny(KeyOperation *operation, GetAssertionRequest request)
{
    return run<GetAssertionReply>(operation, onAny(getAssertionIfHeldJob(std::move(request))));
}

QCoro::Task<Result<HeldCredentials>> HardwareKeys::recognize(KeyOperation *operation,
                                                             KeyDevice device,
                                                             QList<KnownCredential> candidates,
                                                             SecureBuffer pin)
{
    KeyWorker::Job job = recognizeJob(std::move(candidates), shared(std::move(pin)));
    return run<HeldCredentials>(operation, onDevice(std::move(device), std::move(job)));
}

QCoro::Task<Result<KeyInspection>> HardwareKeys::inspect(KeyOperation *operation, KeyDevice device,
                                                         QList<KnownCredential> candidates,
                                                         SecureBuffer pin)
{
    const bool isAwaited = !pin.isEmpty();
    KeyWorker::Job job = inspectionJob(std::move(candidates), shared(std::move(pin)));
    return run<KeyInspection>(operation, onDevice(std::move(device), std::move(job), isAwaited));
}

QCoro::Task<Result<KeyDevice>> HardwareKeys::chooseByTouch(KeyOperation *operation)
{
    return run<KeyDevice>(operation, onAny(touchJob()));
}

QCoro::Task<Result<void>> HardwareKeys::setPin(KeyOperation *operation, KeyDevice device,
                                               SecureBuffer newPin, SecureBuffer oldPin)
{
    KeyWorker::Job job = setPinJob(shared(std::move(newPin)), shared(std::move(oldPin)));
    // If the PIN was already changed, a second attempt with the old PIN would cost a PIN retry.
    return run<void>(operation, onDevice(std::move(device), std::move(job), false));
}

QCoro::Task<Result<DiscoverableCredentials>>
HardwareKeys::credentials(KeyOperation *operation, KeyDevice device, SecureBuffer pin)
{
    KeyWorker::Job job = credentialsJob(shared(std::move(pin)));
    return run<DiscoverableCredentials>(operation, onDevice(std::move(device), std::move(job)));
}

QCoro::Task<Result<void>> HardwareKeys::deleteCredential(KeyOperation *operation, KeyDevice device,
                                                         QByteArray id, SecureBuffer pin)
{
    KeyWorker::Job job = deleteCredentialJob(id, shared(std::move(pin)));
    KeyTask task = onDevice(std::move(device), std::move(job), false);
    task.whenDone = [this, id = std::move(id)] {
        Q_EMIT credentialDeleted(id);
    };
    return run<void>(operation, std::move(task));
}

QCoro::Task<Result<void>> HardwareKeys::reset(KeyOperation *operation, KeyDevice device,
                                              KeyIdentity identity, std::function<void()> whenDone)
{
    KeyTask task{.target = KeyTask::Target::Replugged,
                 .job = resetJob(std::move(identity)),
                 .device = std::move(device),
                 .whenDone = std::move(whenDone)};
    return run<void>(operation, std::move(task));
}

QCoro::Task<Result<SecureBuffer>> HardwareKeys::readOtp(KeyOperation *operation)
{
    const QPointer<HardwareKeys> self(this);
    const QPointer<KeyOperation> guarded(operation);
    KeyTask task = onAny(otpJob());
    task.suits = [self](const KeyDevice &device) {
        return self && device.isReader()
            && self->m_otpTaps.value(device.id, -1) != device.cardNumber;
    };
    const auto otp = co_await run<std::shared_ptr<SecureBuffer>>(operation, std::move(task));
    if (!otp)
        co_return fail(otp.error());
    if (self && guarded)
        self->m_otpTaps.insert(guarded->device().id, guarded->device().cardNumber);
    co_return std::move(**otp);
}

} // namespace Sparekey
