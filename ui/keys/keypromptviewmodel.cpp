// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keypromptviewmodel.h"

#include "ui/keys/keylistmodel.h"
#include "ui/keys/pinretries.h"
#include "ui/messages/usermessage.h"

#include <QCoroFuture>

#include <utility>

using namespace std::chrono_literals;

namespace Sparekey {

namespace {

// CTAP 2.1, 6.1.2: keys give up after about this time.
constexpr auto touchTime = 30s;

} // namespace

KeyPromptViewModel::PinUse KeyPromptViewModel::pinUseFor(UserVerification verification)
{
    switch (verification) {
    case UserVerification::Discouraged: return PinUse::IfDemanded;
    case UserVerification::Preferred: return PinUse::Offered;
    case UserVerification::Required: return PinUse::Needed;
    }
    Q_UNREACHABLE();
}

KeyPromptViewModel::KeyPromptViewModel(HardwareKeys &keys, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
{
    connect(&m_operation, &KeyOperation::stageChanged, this, &KeyPromptViewModel::updateStage);
    connect(&m_operation, &KeyOperation::deviceFailed, this, &KeyPromptViewModel::recordFailure);
    connect(&m_keys, &HardwareKeys::devicesChanged, this, [this] {
        if (m_stage == Stage::WaitForKey)
            Q_EMIT changed(); // for the notes
    });
    connect(&m_touchTime, &Countdown::secondsChanged, this,
            &KeyPromptViewModel::secondsLeftChanged);
}

KeyPromptViewModel::~KeyPromptViewModel()
{
    blockSignals(true);
    answerPin(nullptr);
}

QString KeyPromptViewModel::title() const
{
    switch (m_stage) {
    case Stage::Idle: return {};
    case Stage::WaitForKey: return tr("Waiting for your key");
    case Stage::PlaceOnReader: return tr("Place the key on the reader");
    case Stage::Replug:
        return m_device.isReader() ? tr("Lift the key and place it on the reader again")
                                   : tr("Unplug the key and plug it in again");
    case Stage::Connect: return tr("Connecting");
    case Stage::Touch: return tr("Touch your key");
    case Stage::KeepOnReader: return tr("Keep the key on the reader");
    case Stage::Pin: return tr("Enter the PIN of the key");
    }
    Q_UNREACHABLE();
}

QString KeyPromptViewModel::text() const
{
    switch (m_stage) {
    case Stage::Idle: return {};
    case Stage::WaitForKey: return tr("Plug it in or place it on a reader.");
    case Stage::PlaceOnReader:
        return tr("Place it on “%1” and leave it there until this is done.")
            .arg(KeyListModel::shownName(m_device));
    case Stage::Replug: return tr("A key accepts this only in the first seconds.");
    case Stage::Connect: return tr("Waiting for the answer of the key.");
    case Stage::Touch: return tr("Touch the blinking key.");
    case Stage::KeepOnReader: return tr("Leave it there until this is done.");
    case Stage::Pin:
        return m_device.isReader()
            ? tr("You chose it for this key. Enter it before you place the key on the reader.")
            : tr("You chose it for this key. It stays between this computer and the key.");
    }
    Q_UNREACHABLE();
}

QString KeyPromptViewModel::deviceName() const
{
    return m_device.id.isEmpty() ? QString() : KeyListModel::shownName(m_device);
}

QString KeyPromptViewModel::pinRetriesText() const
{
    if (!m_pinRetries)
        return {};
    if (!arePinRetriesFew())
        return tr("%n tries left", nullptr, *m_pinRetries);
    return tr(
        "%n tries left. When none is left the key has to be reset, which deletes everything on "
        "it. If you are not sure, stop and think first.",
        nullptr, *m_pinRetries);
}

bool KeyPromptViewModel::arePinRetriesFew() const
{
    return areFewRetries(m_pinRetries);
}

QString KeyPromptViewModel::noteText() const
{
    QStringList lines = m_notes;
    // While waiting for a key, say why a connected one is not used.
    if (m_stage == Stage::WaitForKey) {
        const QList<KeyDevice> devices = m_keys.devices();
        for (const KeyDevice &device : devices) {
            if (device.state == KeyDevice::State::NoPermission) {
                lines.append(
                    note(device,
                         Error{.kind = ErrorKind::KeyNoPermission, .subject = device.name}));
            }
        }
        if (devices.isEmpty()) {
            for (const Error &problem : m_keys.problems())
                lines.append(userMessage(problem));
        }
    }
    return lines.join(u'\n');
}

void KeyPromptViewModel::submitPin(SecureBuffer pin)
{
    if (m_stage != Stage::Pin)
        return;
    if (pin.isEmpty()) {
        m_pinErrorText = tr("Enter the PIN.");
        Q_EMIT changed();
        Q_EMIT pinWanted();
        return;
    }
    answerPin(std::make_shared<SecureBuffer>(std::move(pin)));
}

void KeyPromptViewModel::skipPin()
{
    if (m_stage == Stage::Pin && m_pinCanBeSkipped)
        answerPin(std::make_shared<SecureBuffer>());
}

void KeyPromptViewModel::cancel()
{
    m_acts.cancel();
    answerPin(nullptr);
    m_operation.cancel();
    setStage(Stage::Idle);
}

QCoro::Task<Result<void>> KeyPromptViewModel::perform(KeyDevice device, Action action)
{
    const auto ticket = begin(device);
    co_return co_await attempt(ticket, std::move(device), std::move(action), false);
}

QCoro::Task<Result<void>>
KeyPromptViewModel::performWithAny(std::function<QCoro::Task<Result<void>>(KeyOperation *)> any,
                                   Action action)
{
    const auto ticket = begin({});
    const auto result = co_await any(&m_operation);
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    m_device = m_operation.device();
    if (result || result.error().kind != ErrorKind::KeyPinRequired) {
        end(ticket);
        co_return result;
    }
    co_return co_await attempt(ticket, m_device, std::move(action), true);
}

QCoro::Task<Result<void>> KeyPromptViewModel::attempt(TaskGuard::Ticket ticket, KeyDevice device,
                                                      Action action, bool pinDemanded)
{
    bool asks = pinDemanded;
    bool canBeSkipped = false;
    if (device.isReader()) {
        // A key on a reader can be asked only after it was placed there, and then everything should
        // happen in one tap. So ask for the PIN before.
        if (!asks && (action.pin == PinUse::Needed || action.registers)) {
            asks = true;
            canBeSkipped = action.pin != PinUse::Needed;
        }
    } else {
        const auto info = co_await m_keys.info(&m_operation, device);
        if (!ticket)
            co_return fail(ErrorKind::Canceled);
        if (!info) {
            end(ticket);
            co_return fail(info.error());
        }
        m_pinRetries = info->pinRetries;
        if (info->pin == KeyInfo::Pin::Set && m_pinRetries == 0) {
            end(ticket);
            co_return fail(Error{.kind = ErrorKind::KeyPinBlocked,
                                 .subject = device.name,
                                 .onReader = device.isReader()});
        }
        if (info->pin == KeyInfo::Pin::Set && !asks) {
            const bool demanded = info->alwaysVerifies
                || (action.registers && info->verifiesForRegistration);
            // Built-in verification, such as a fingerprint, replaces the PIN.
            asks = (demanded || action.pin != PinUse::IfDemanded) && !info->builtInVerification;
            canBeSkipped = !demanded && action.pin == PinUse::Offered;
        }
        // The key does not accept this PIN until it is changed.
        if (info->pinChangeForced && asks && !canBeSkipped) {
            end(ticket);
            co_return fail(Error{.kind = ErrorKind::KeyPinChangeRequired,
                                 .subject = device.name,
                                 .onReader = device.isReader()});
        }
    }

    QString errorText;
    while (true) {
        SecureBuffer pin;
        if (asks) {
            QFuture<PinAnswer> asked = askForPin(errorText, canBeSkipped);
            const PinAnswer answer = co_await asked;
            if (!ticket || !answer)
                co_return fail(ErrorKind::Canceled);
            pin = std::move(*answer);
            setStage(Stage::Connect);
        }
        const auto result = co_await action.run(&m_operation, device, std::move(pin));
        if (!ticket)
            co_return fail(ErrorKind::Canceled);
        const bool wrong = !result && result.error().kind == ErrorKind::KeyPinWrong;
        if (!wrong && (result || result.error().kind != ErrorKind::KeyPinRequired)) {
            end(ticket);
            co_return result;
        }
        if (wrong) {
            m_pinRetries.reset(); // a key may not report them
            if (result.error().count > 0)
                m_pinRetries = result.error().count;
            errorText = userMessage(result.error());
        } else {
            errorText.clear();
        }
        asks = true;
        canBeSkipped = false;
    }
}

TaskGuard::Ticket KeyPromptViewModel::begin(const KeyDevice &device)
{
    cancel();
    m_device = device;
    m_pinRetries.reset();
    m_notes.clear();
    setStage(Stage::Connect);
    return m_acts.ticket();
}

void KeyPromptViewModel::end(const TaskGuard::Ticket &ticket)
{
    if (ticket)
        setStage(Stage::Idle);
}

void KeyPromptViewModel::updateStage()
{
    if (m_operation.stage() == KeyOperation::Stage::Idle || !isActive())
        return; // between two operations, or the result follows
    m_device = m_operation.device();
    switch (m_operation.stage()) {
    case KeyOperation::Stage::Idle: break;
    case KeyOperation::Stage::WaitForKey: setStage(Stage::WaitForKey); break;
    case KeyOperation::Stage::PlaceOnReader: setStage(Stage::PlaceOnReader); break;
    case KeyOperation::Stage::Replug: setStage(Stage::Replug); break;
    case KeyOperation::Stage::Connect: setStage(Stage::Connect); break;
    case KeyOperation::Stage::Touch: setStage(Stage::Touch); break;
    case KeyOperation::Stage::KeepOnReader: setStage(Stage::KeepOnReader); break;
    }
}

QString KeyPromptViewModel::note(const KeyDevice &device, const Error &error)
{
    return tr("“%1”: %2", "a key, and what is the matter with it")
        .arg(KeyListModel::shownName(device), userMessage(error));
}

void KeyPromptViewModel::recordFailure(const KeyDevice &device, const Error &error)
{
    if (error.kind == ErrorKind::KeyNotTouched && m_stage == Stage::Touch)
        m_touchTime.start(touchTime); // it blinks again
    const QString line = note(device, error);
    if (!m_notes.contains(line))
        m_notes.append(line);
    Q_EMIT changed();
}

QFuture<KeyPromptViewModel::PinAnswer> KeyPromptViewModel::askForPin(const QString &errorText,
                                                                     bool canBeSkipped)
{
    answerPin(nullptr);
    m_pinPromise = std::make_unique<QPromise<PinAnswer>>();
    m_pinPromise->start();
    QFuture<PinAnswer> answer = m_pinPromise->future();
    m_pinErrorText = errorText;
    m_pinCanBeSkipped = canBeSkipped;
    setStage(Stage::Pin);
    Q_EMIT pinWanted();
    return answer;
}

void KeyPromptViewModel::answerPin(PinAnswer answer)
{
    const auto promise = std::move(m_pinPromise);
    if (!promise)
        return;
    m_pinErrorText.clear();
    m_pinCanBeSkipped = false;
    promise->addResult(std::move(answer));
    promise->finish();
}

void KeyPromptViewModel::setStage(Stage stage)
{
    if (stage == Stage::Touch && m_stage != Stage::Touch)
        m_touchTime.start(touchTime);
    else if (stage != Stage::Touch)
        m_touchTime.stop();
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace Sparekey
