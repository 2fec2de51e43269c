// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyentriesviewmodel.h"

#include "ui/messages/usermessage.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace Sparekey {

namespace {

// The result of an operation, and the PIN that was used.
struct Found
{
    DiscoverableCredentials credentials;
    SecureBuffer pin;
    bool deleted = false;
    bool missing = false; ///< The credential to be deleted is not there.
};
using SharedFound = std::shared_ptr<Found>;

QCoro::Task<Result<void>> list(HardwareKeys *keys, KeyOperation *operation, KeyDevice device,
                               SecureBuffer pin, SharedFound found)
{
    found->pin = pin.clone();
    const auto read = co_await keys->credentials(operation, std::move(device), std::move(pin));
    if (!read)
        co_return fail(read.error());
    found->credentials = *read;
    co_return Result<void>();
}

QCoro::Task<Result<void>> deleteAndList(HardwareKeys *keys, KeyOperation *operation,
                                        KeyDevice device, QByteArray id, SecureBuffer pin,
                                        SharedFound found)
{
    // If only reading the list failed, only that is repeated.
    if (!found->deleted && !found->missing) {
        const auto done = co_await keys->deleteCredential(operation, device, std::move(id),
                                                          pin.clone());
        if (!done && done.error().kind != ErrorKind::KeyNotRegistered)
            co_return fail(done.error());
        found->deleted = done.has_value();
        found->missing = !found->deleted;
    }
    co_return co_await list(keys, operation, std::move(device), std::move(pin), found);
}

} // namespace

KeyEntriesViewModel::KeyEntriesViewModel(HardwareKeys &keys, KeyInventory &inventory,
                                         QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_inventory(inventory)
    , m_prompt(keys)
{
    connect(&keys, &HardwareKeys::devicesChanged, this, &KeyEntriesViewModel::watchPlug);
    // Also if the user has stopped waiting meanwhile.
    connect(&keys, &HardwareKeys::credentialDeleted, this,
            [this](const QByteArray &id) { (void)m_inventory.recordDeletedFromKey(id); });
}

KeyEntriesViewModel::~KeyEntriesViewModel() = default;

QString KeyEntriesViewModel::roomText() const
{
    if (!m_remaining)
        return {};
    return m_entries.count() == 0 ? tr("There is room for %n.", nullptr, *m_remaining)
                                  : tr("There is room for %n more.", nullptr, *m_remaining);
}

QString KeyEntriesViewModel::askedSite() const
{
    return m_asked ? m_asked->rpId : QString();
}

QString KeyEntriesViewModel::askedUser() const
{
    return m_asked ? KeyEntryListModel::userOf(*m_asked) : QString();
}

void KeyEntriesViewModel::begin(const KeyDevice &device, const QString &keyName)
{
    close();
    m_device = device;
    m_keyName = keyName;
    m_open = true;
    Q_EMIT changed();
    load();
}

void KeyEntriesViewModel::close()
{
    m_opening.cancel();
    m_prompt.cancel();
    m_pin = SecureBuffer();
    m_entries.setEntries({});
    m_remaining.reset();
    m_asked.reset();
    m_errorText.clear();
    m_canRetry = true;
    m_open = false;
    Q_EMIT changed();
}

void KeyEntriesViewModel::load()
{
    if (m_open && !m_prompt.isActive())
        runLoad();
}

void KeyEntriesViewModel::askToDelete(int row)
{
    if (!m_open || m_prompt.isActive() || row < 0 || row >= m_entries.count())
        return;
    m_errorText.clear();
    m_asked = m_entries.entries().at(row);
    Q_EMIT changed();
}

void KeyEntriesViewModel::cancelDelete()
{
    if (m_prompt.isActive())
        m_prompt.cancel();
    m_errorText.clear();
    m_asked.reset();
    Q_EMIT changed();
}

void KeyEntriesViewModel::deleteEntry()
{
    if (m_open && !m_prompt.isActive() && m_asked)
        runDelete(*m_asked);
}

void KeyEntriesViewModel::setCredentials(const DiscoverableCredentials &found)
{
    m_entries.setEntries(found.credentials);
    m_remaining = found.remainingSlots;
}

// Another key in the same port must not get this key's PIN: each wrong PIN costs a retry.
void KeyEntriesViewModel::watchPlug()
{
    if (m_pin.isEmpty())
        return;
    const QList<KeyDevice> devices = m_keys.devices();
    const bool there = std::ranges::any_of(devices, [this](const KeyDevice &device) {
        return device.id == m_device.id && device.cardNumber == m_device.cardNumber;
    });
    if (!there)
        m_pin = SecureBuffer();
}

QCoro::Task<void> KeyEntriesViewModel::runLoad()
{
    const auto ticket = m_opening.ticket();
    const auto found = std::make_shared<Found>();
    m_errorText.clear();
    KeyPromptViewModel::Action action;
    action.pin = KeyPromptViewModel::PinUse::Needed;
    action.run = [keys = &m_keys, found](KeyOperation *operation, KeyDevice device,
                                         SecureBuffer pin) {
        return list(keys, operation, std::move(device), std::move(pin), found);
    };
    const auto result = co_await m_prompt.perform(m_device, std::move(action));
    if (!ticket)
        co_return;
    if (result) {
        m_device = m_prompt.device(); // with the key that is on the reader
        m_pin = std::move(found->pin);
        setCredentials(found->credentials);
    } else if (result.error().kind == ErrorKind::Canceled) {
        close();
    } else {
        m_errorText = userMessage(result.error());
        m_canRetry = result.error().kind != ErrorKind::KeyPinBlocked;
    }
    Q_EMIT changed();
}

QCoro::Task<void> KeyEntriesViewModel::runDelete(DiscoverableCredential entry)
{
    const auto ticket = m_opening.ticket();
    const auto found = std::make_shared<Found>();
    m_errorText.clear();
    KeyPromptViewModel::Action action;
    action.pin = KeyPromptViewModel::PinUse::Needed;
    action.run = [keys = &m_keys, found, id = entry.credentialId](KeyOperation *operation,
                                                                  KeyDevice device,
                                                                  SecureBuffer pin) {
        return deleteAndList(keys, operation, std::move(device), id, std::move(pin), found);
    };
    Result<void> result;
    if (m_pin.isEmpty()) {
        result = co_await m_prompt.perform(m_device, std::move(action));
    } else {
        const auto kept = std::make_shared<SecureBuffer>(m_pin.clone());
        std::function<QCoro::Task<Result<void>>(KeyOperation *)> withKeptPin =
            [run = action.run, device = m_device, kept](KeyOperation *operation) {
                return run(operation, device, std::move(*kept));
            };
        result = co_await m_prompt.performWithAny(std::move(withKeptPin), std::move(action));
    }
    if (!ticket.ownerExists())
        co_return;
    if (!ticket)
        co_return;
    if (found->deleted || found->missing) {
        m_asked.reset();
        if (result) {
            m_pin = std::move(found->pin);
            setCredentials(found->credentials);
        } else {
            // The remaining sign-ins are known nevertheless; only the free space is not.
            QList<DiscoverableCredential> left = m_entries.entries();
            left.removeIf([&entry](const DiscoverableCredential &other) {
                return other.credentialId == entry.credentialId;
            });
            m_entries.setEntries(std::move(left));
        }
        if (found->missing) {
            m_errorText = tr("The sign-in for %1 was not on the key. Nothing was deleted, and the "
                             "list is up to date.")
                              .arg(entry.rpId);
            Q_EMIT changed();
            co_return;
        }
        Q_EMIT deleted(tr("The sign-in for %1 was deleted from the key.").arg(entry.rpId));
    } else if (!result) {
        // The PIN was changed elsewhere: the kept one must not cost another retry.
        if (result.error().kind == ErrorKind::KeyPinWrong)
            m_pin = SecureBuffer();
        m_canRetry = result.error().kind != ErrorKind::KeyPinBlocked;
        m_errorText = userMessage(result.error());
    }
    Q_EMIT changed();
}

} // namespace Sparekey
