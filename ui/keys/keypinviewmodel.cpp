// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keypinviewmodel.h"

#include "core/hardware/keytext.h"
#include "ui/keys/pinretries.h"
#include "ui/messages/usermessage.h"

#include <memory>
#include <utility>

namespace Sparekey {

namespace {

// A `SecureBuffer` cannot be copied, but the action may be, so the PINs are shared with it.
using SharedPin = std::shared_ptr<SecureBuffer>;

QCoro::Task<Result<void>> setPin(HardwareKeys *keys, KeyOperation *operation, KeyDevice device,
                                 SharedPin newPin, SharedPin current)
{
    return keys->setPin(operation, std::move(device), std::move(*newPin), std::move(*current));
}

QCoro::Task<Result<void>> refusePin(KeyOperation *, KeyDevice device, SecureBuffer)
{
    co_return Sparekey::fail(Error{.kind = ErrorKind::KeyPinRefused, .subject = device.name});
}

} // namespace

KeyPinViewModel::KeyPinViewModel(HardwareKeys &keys, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_prompt(keys)
{
}

KeyPinViewModel::~KeyPinViewModel() = default;

QString KeyPinViewModel::ruleText() const
{
    return tr("At least %n character(s). Letters and signs are as good as digits.", nullptr,
              m_info.minPinLength);
}

QString KeyPinViewModel::retriesText() const
{
    if (!changes() || !m_info.pinRetries)
        return {};
    if (areRetriesFew()) {
        return tr("%n try(s) left. When none is left the key has to be reset, which deletes "
                  "everything on it. If you are not sure, stop and think first.",
                  nullptr, *m_info.pinRetries);
    }
    return tr("%n try(s) left", nullptr, *m_info.pinRetries);
}

bool KeyPinViewModel::areRetriesFew() const
{
    return areFewRetries(m_info.pinRetries);
}

void KeyPinViewModel::begin(const KeyDevice &device, const KeyInfo &info, const QString &keyName)
{
    close();
    m_device = device;
    m_info = info;
    m_keyName = keyName;
    m_open = true;
    Q_EMIT changed();
}

void KeyPinViewModel::close()
{
    m_opening.cancel();
    m_prompt.cancel();
    m_open = false;
    m_errorText.clear();
    m_fieldErrors.clear();
    Q_EMIT changed();
}

void KeyPinViewModel::submit(SecretEntry *current, SecretEntry *newPin, SecretEntry *again)
{
    if (!m_open || m_prompt.isActive())
        return;
    m_errorText.clear();
    m_fieldErrors.clear();
    if (changes()) {
        bool isEmpty = true;
        current->peek([&isEmpty](QStringView text) { isEmpty = text.isEmpty(); });
        if (isEmpty) {
            refuse(Field::Current, tr("Enter the PIN that the key has now."));
            return;
        }
    }
    SecureBuffer entered = newPin->take();
    const SecureBuffer repeated = again->take();
    if (check(entered, repeated))
        submit(changes() ? current->take() : SecureBuffer(), std::move(entered));
}

void KeyPinViewModel::submit(SecureBuffer current, SecureBuffer newPin)
{
    if (!m_open || m_prompt.isActive())
        return;
    m_errorText.clear();
    m_fieldErrors.clear();
    run(std::move(current), std::move(newPin));
}

bool KeyPinViewModel::check(const SecureBuffer &newPin, const SecureBuffer &again)
{
    const SecureBuffer forKey = pinForKey(newPin);
    // Without the terminating zero.
    if (codePoints(forKey.view().chopped(1)) < m_info.minPinLength) {
        refuse(Field::New,
               userMessage(Error{.kind = ErrorKind::KeyPinTooShort, .count = m_info.minPinLength}));
        return false;
    }
    if (!pinForKey(again).equals(forKey.view())) {
        refuse(Field::New, tr("The two PINs do not match. Enter the new PIN twice."));
        return false;
    }
    return true;
}

QCoro::Task<void> KeyPinViewModel::run(SecureBuffer current, SecureBuffer newPin)
{
    const auto ticket = m_opening.ticket();
    const bool changed = changes();
    const auto sharedPin = std::make_shared<SecureBuffer>(std::move(newPin));
    const auto oldPin = std::make_shared<SecureBuffer>(std::move(current));
    std::function<QCoro::Task<Result<void>>(KeyOperation *)> action =
        [keys = &m_keys, device = m_device, sharedPin, oldPin](KeyOperation *operation) {
            return setPin(keys, operation, device, sharedPin, oldPin);
        };
    KeyPromptViewModel::Action askedAgain;
    askedAgain.run = refusePin;
    Q_EMIT this->changed();
    const auto result = co_await m_prompt.performWithAny(std::move(action), std::move(askedAgain));
    if (!ticket)
        co_return;
    if (!result) {
        fail(result.error());
        co_return;
    }
    const QString message = changed ? tr("The PIN of “%1” was changed.").arg(m_keyName)
                                    : tr("“%1” has a PIN now.").arg(m_keyName);
    close();
    Q_EMIT done(message);
}

void KeyPinViewModel::refuse(Field field, const QString &text)
{
    m_fieldErrors.insert(field, text);
    Q_EMIT changed();
    Q_EMIT fieldWanted(field);
}

void KeyPinViewModel::fail(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::KeyPinWrong:
        m_info.pinRetries = error.count > 0 ? std::optional(error.count) : std::nullopt;
        refuse(Field::Current, userMessage(error));
        return;
    case ErrorKind::KeyPinTooShort:
    case ErrorKind::KeyPinTooLong:
    case ErrorKind::KeyPinNotAccepted: refuse(Field::New, userMessage(error)); return;
    default: break;
    }
    m_errorText = userMessage(error);
    Q_EMIT changed();
    Q_EMIT fieldWanted(changes() ? Field::Current : Field::New);
}

} // namespace Sparekey
