// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyresetviewmodel.h"

#include "ui/messages/usermessage.h"

#include <QPointer>

#include <utility>

namespace Sparekey {

namespace {

QCoro::Task<Result<void>> resetKey(HardwareKeys *keys, KeyOperation *operation, KeyDevice device,
                                   KeyIdentity identity, std::function<void()> whenReset)
{
    return keys->reset(operation, std::move(device), std::move(identity), std::move(whenReset));
}

// A reset needs no PIN, because it is the remedy for a lost PIN.
QCoro::Task<Result<void>> refusePin(KeyOperation *, KeyDevice device, SecureBuffer)
{
    co_return fail(Error{.kind = ErrorKind::KeyFailure, .subject = device.name});
}

} // namespace

KeyResetViewModel::KeyResetViewModel(HardwareKeys &keys, KeyInventory &inventory, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_inventory(inventory)
    , m_prompt(keys)
{
}

KeyResetViewModel::~KeyResetViewModel() = default;

void KeyResetViewModel::begin(const KeyDevice &device, const KeyIdentity &identity,
                              const QString &keyName, const QString &entryId,
                              const QStringList &accounts)
{
    close();
    m_device = device;
    m_identity = identity;
    m_keyName = keyName;
    m_entryId = entryId;
    m_accounts = accounts;
    m_stage = Stage::Asking;
    Q_EMIT changed();
}

void KeyResetViewModel::reset(const QString &entered)
{
    if (m_stage == Stage::Asking && entered.trimmed() == word())
        run();
}

void KeyResetViewModel::close()
{
    m_opening.cancel();
    m_prompt.cancel();
    m_errorText.clear();
    m_stage = Stage::Closed;
    Q_EMIT changed();
}

QCoro::Task<void> KeyResetViewModel::run()
{
    const auto ticket = m_opening.ticket();
    m_errorText.clear();
    m_stage = Stage::Working;
    Q_EMIT changed();
    // Also if the user has stopped waiting: what was on the key is gone.
    std::function<void()> whenReset = [inventory = QPointer(&m_inventory), id = m_entryId] {
        if (inventory && !id.isEmpty())
            (void)inventory->recordReset(id);
    };
    std::function<QCoro::Task<Result<void>>(KeyOperation *)> action =
        [keys = &m_keys, device = m_device, identity = m_identity,
         whenReset = std::move(whenReset)](KeyOperation *operation) {
            return resetKey(keys, operation, device, identity, whenReset);
        };
    KeyPromptViewModel::Action askedForPin;
    askedForPin.run = refusePin;
    const auto result = co_await m_prompt.performWithAny(std::move(action), std::move(askedForPin));
    if (!ticket)
        co_return;
    if (result) {
        m_stage = Stage::Done;
    } else {
        m_errorText = result.error().kind == ErrorKind::KeyNotRegistered
            ? tr("This is another key than the one you chose. Nothing was reset. Take the right "
                 "one and try again.")
            : userMessage(result.error());
        m_stage = Stage::Asking;
    }
    Q_EMIT changed();
    if (result)
        Q_EMIT done();
}

} // namespace Sparekey
