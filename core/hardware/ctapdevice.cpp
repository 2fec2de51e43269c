// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/hardware/ctapdevice.h"

#include "core/hardware/fidoio.h"
#include "core/hardware/keyerror.h"
#include "core/hardware/userverification.h"

#include <QFile>
#include <QThread>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A key that supports only U2F cannot be canceled, so it gets repeated requests of this duration.
constexpr milliseconds u2fSlice(1000);
// After a timeout a key may still be processing the old request.
constexpr milliseconds settle(150);
// No cancel message is sent within this time after a call began, because its request may still be
// in transit.
constexpr milliseconds requestTime(100);
// libfido2 counts down in whole milliseconds, so a timeout may come a little early.
constexpr milliseconds timeoutPrecision(20);

} // namespace

void CtapDevice::Free::operator()(fido_dev *device) const
{
    fido_dev_free(&device);
}

CtapDevice::CtapDevice(QString name, Timeouts timeouts)
    : m_name(std::move(name))
    , m_timeouts(timeouts)
{
}

CtapDevice::~CtapDevice()
{
    closeDevice();
}

// ---------------------------------------------------------------- open, close, cancel

Result<void> CtapDevice::open(KeyConnection connection)
{
    if (!fido2Library.load())
        return failureOfKind(ErrorKind::KeySupportMissing);
    if (auto *path = std::get_if<HidPath>(&connection))
        m_path = path->path;
    else if (auto *link = std::get_if<std::unique_ptr<HidLink>>(&connection))
        m_link = std::make_unique<HidIo>(std::move(*link));
    else if (auto *card = std::get_if<std::unique_ptr<SmartCard>>(&connection))
        m_card = std::make_unique<CardIo>(std::move(*card));
    // Applies to this thread. A key that claims to support CTAP2 and then answers nonsense is not a
    // U2F key.
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    return openDevice();
}

Result<void> CtapDevice::openDevice()
{
    Device device(fido_dev_new());
    if (!device)
        return failureOfKind(ErrorKind::KeyFailure, u"no memory"_s);
    // For connections of our own, any path that libfido2 does not take for one of its own.
    const char *path = m_path.isEmpty() ? "sparekey" : m_path.constData();
    const Opening opening(m_link ? static_cast<void *>(m_link.get()) : m_card.get());
    int result = FIDO_OK;
    if (m_link)
        result = m_link->attachTo(device.get());
    else if (m_card)
        result = m_card->attachTo(device.get());
    if (result == FIDO_OK)
        result = fido_dev_set_timeout(device.get(), static_cast<int>(m_timeouts.answer.count()));
    m_callBegan = Clock::now().time_since_epoch().count();
    m_callTimeout = m_timeouts.answer;
    if (result == FIDO_OK && m_canceled)
        result = FIDO_ERR_KEEPALIVE_CANCEL;
    if (result == FIDO_OK)
        result = fido_dev_open(device.get(), path);
    if (result != FIDO_OK)
        return failure(result);
    const std::lock_guard lock(m_mutex);
    m_device = std::move(device);
    m_isOpen = true;
    return {};
}

void CtapDevice::closeDevice()
{
    const std::lock_guard lock(m_mutex);
    if (m_isOpen)
        fido_dev_close(m_device.get());
    m_isOpen = false;
    m_device.reset();
}

void CtapDevice::cancel()
{
    m_canceled = true;
    const std::lock_guard lock(m_mutex);
    if (!m_isOpen)
        return;
    const Clock::time_point began{Clock::duration(m_callBegan.load())};
    if (m_link || Clock::now() - began > requestTime)
        (void)fido_dev_cancel(m_device.get());
}

// ---------------------------------------------------------------- failures

Failure CtapDevice::failureOfKind(ErrorKind kind, const QString &detail) const
{
    return fail(Error{.kind = kind, .subject = m_name, .detail = detail});
}

Failure CtapDevice::failureOf(int code, ErrorKind kind)
{
    Failure failed = failure(code);
    if (failed.value().kind == keyErrorKind(code)) // else it was removed or canceled
        failed.value().kind = kind;
    return failed;
}

Failure CtapDevice::failure(int code)
{
    if (m_canceled)
        return failureOfKind(ErrorKind::Canceled);
    if (m_card && code < 0) {
        if (std::optional<Error> error = m_card->error()) {
            error->subject = m_name;
            return fail(*std::move(error));
        }
    }
    const bool isGone = (m_link && m_link->isGone())
        || (!m_path.isEmpty() && !QFile::exists(QString::fromLocal8Bit(m_path)));
    if (isGone)
        return failureOfKind(ErrorKind::KeyRemoved);
    // libfido2 returns the same code for a key that does not answer, for one that is busy with
    // another program and refuses at once, and for an invalid answer. The latter two cannot be
    // distinguished where libfido2 itself reads the frames; busy is assumed, because broken keys
    // are rarer. Cards always answer.
    if (code == FIDO_ERR_RX && (m_card || !hasTimedOut())) {
        const bool isBusy = m_link ? m_link->isBusy() : !m_card;
        return failureOfKind(isBusy ? ErrorKind::KeyBusy : ErrorKind::KeyAnswerInvalid,
                             QString::fromLatin1(fido_strerr(code)));
    }
    return failureOfKind(keyErrorKind(code), QString::fromLatin1(fido_strerr(code)));
}

Failure CtapDevice::pinFailure(int code)
{
    Failure failed = failure(code);
    if (failed.value().kind != ErrorKind::KeyPinWrong)
        return failed;
    int tries = 0;
    const int result = callWithoutTouch(
        [&] { return fido_dev_get_retry_count(m_device.get(), &tries); });
    if (result == FIDO_OK)
        failed.value().count = tries;
    if (result == FIDO_OK && tries == 0)
        failed.value().kind = ErrorKind::KeyPinBlocked;
    return failed;
}

Failure CtapDevice::proofFailure(int code)
{
    // The given PIN has to be changed first (CTAP 2.1, 6.5.5.7.2).
    if (code == FIDO_ERR_PIN_POLICY_VIOLATION)
        return failureOf(code, ErrorKind::KeyPinChangeRequired);
    return pinFailure(code);
}

void CtapDevice::beginCall(milliseconds timeout)
{
    (void)fido_dev_set_timeout(m_device.get(), static_cast<int>(timeout.count()));
    m_callTimeout = timeout;
    m_callBegan = Clock::now().time_since_epoch().count();
}

bool CtapDevice::hasTimedOut() const
{
    const Clock::time_point began{Clock::duration(m_callBegan.load())};
    return Clock::now() - began > m_callTimeout - timeoutPrecision;
}

int CtapDevice::callWithoutTouch(const Call &call)
{
    if (m_canceled)
        return FIDO_ERR_KEEPALIVE_CANCEL;
    beginCall(m_timeouts.answer);
    return call();
}

int CtapDevice::callWithTouch(const Call &call)
{
    const bool canBeCanceled = m_card || fido_dev_is_fido2(m_device.get());
    const auto deadline = Clock::now() + m_timeouts.touch;
    while (!m_canceled) {
        beginCall(canBeCanceled ? m_timeouts.touch : u2fSlice);
        const int result = call();
        if (canBeCanceled && result == FIDO_ERR_RX)
            (void)fido_dev_cancel(m_device.get()); // it may still wait for the touch
        if (canBeCanceled || result != FIDO_ERR_RX)
            return result;
        if (Clock::now() > deadline)
            return FIDO_ERR_USER_ACTION_TIMEOUT;
        closeDevice();
        QThread::msleep(static_cast<unsigned long>(settle.count()));
        if (!openDevice())
            return FIDO_ERR_RX;
    }
    return FIDO_ERR_KEEPALIVE_CANCEL;
}

Result<void> CtapDevice::callWithVerification(const VerificationPlan &plan, const Call &call,
                                              const Call &withoutBuiltIn)
{
    int result = callWithTouch(call);
    const bool refused = result == FIDO_ERR_UNSUPPORTED_OPTION || result == FIDO_ERR_INVALID_OPTION;
    if (refused && plan.usesBuiltIn() && !plan.isRequired()) {
        (void)withoutBuiltIn();
        result = callWithTouch(call);
    }
    if (result == FIDO_OK)
        return {};
    if (const auto problem = plan.pinProblem(result))
        return failureOf(result, *problem);
    return proofFailure(result);
}

} // namespace Sparekey
