// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/hardwarekeysviewmodel.h"

#include "ui/messages/usermessage.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace Sparekey {

namespace {

QString linesOf(const QList<Error> &problems, bool ofReaders)
{
    QStringList lines;
    for (const Error &problem : problems) {
        if ((problem.kind == ErrorKind::CardServiceMissing) == ofReaders)
            lines.append(userMessage(problem));
    }
    return lines.join(u'\n');
}

} // namespace

HardwareKeysViewModel::HardwareKeysViewModel(HardwareKeys &keys, KeyInventory &inventory,
                                             Settings &settings, KeyInventoryModel::EmailOf emailOf,
                                             QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_inventory(inventory)
    , m_devices(keys)
    , m_observer(keys, inventory)
    , m_inventoryModel(inventory, settings, std::move(emailOf))
    , m_prompt(keys)
    , m_pin(keys)
    , m_entries(keys, inventory)
    , m_reset(keys, inventory)
    , m_note(keys, inventory)
    , m_forgetting(inventory)
{
    connect(&m_devices, &KeyListModel::changed, this, &HardwareKeysViewModel::update);
    connect(&m_observer, &KeyObserver::changed, this, &HardwareKeysViewModel::update);
    connect(&inventory, &KeyInventory::changed, this, &HardwareKeysViewModel::update);
    for (KeyPromptViewModel *prompt : m_prompts)
        connect(prompt, &KeyPromptViewModel::changed, this, [this, prompt] { follow(prompt); });
    connect(&m_pin, &KeyPinViewModel::done, this,
            [this](const QString &message) { takeResult(m_pin.prompt(), message); });
    connect(&m_note, &KeyNoteViewModel::done, this,
            [this](const QString &message) { takeResult(m_note.prompt(), message); });
    connect(&m_entries, &KeyEntriesViewModel::deleted, this,
            [this](const QString &message) { takeResult(m_entries.prompt(), message); });
    connect(&m_forgetting, &KeyForgetViewModel::forgotten, this, [this](const QString &message) {
        m_inventoryError.reset();
        Q_EMIT noted(message);
        update();
    });
    connect(&m_forgetting, &KeyForgetViewModel::failed, this, [this](const Error &error) {
        m_inventoryError = error;
        update();
    });
    connect(&m_reset, &KeyResetViewModel::done, this, [this] {
        if (!m_reset.entryId().isEmpty())
            m_former.insert(m_reset.prompt()->device().id, m_reset.entryId());
        takeResult(m_reset.prompt(), {});
    });
}

HardwareKeysViewModel::~HardwareKeysViewModel()
{
    // Members still emit signals while they are destroyed.
    for (QObject *member : std::initializer_list<QObject *>{&m_devices, &m_observer, &m_prompt,
                                                            &m_pin, &m_entries, &m_reset, &m_note})
        member->disconnect(this);
    for (KeyPromptViewModel *prompt : m_prompts)
        prompt->disconnect(this);
}

bool HardwareKeysViewModel::isUnlocked() const
{
    return m_pin.isOpen() || m_entries.isOpen() || m_note.isOpen()
        || m_reset.stage() != KeyResetViewModel::Stage::Closed || isWorking();
}

void HardwareKeysViewModel::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (shown) {
        m_inventoryModel.update();
        m_devices.setWatching(true);
        loadInventory();
    } else {
        closeAll();
        m_devices.setWatching(false);
    }
    update();
}

void HardwareKeysViewModel::closeAll()
{
    m_observer.clear();
    m_recognition.cancel();
    m_prompt.cancel();
    m_pin.close();
    m_entries.close();
    m_reset.close();
    m_note.close();
    m_forgetting.cancel();
    m_promptError.reset();
}

// ---------------------------------------------------------------- connected devices

QCoro::Task<void> HardwareKeysViewModel::loadInventory()
{
    const auto ticket = m_recognition.ticket();
    const auto loaded = co_await m_inventory.load();
    if (!ticket.ownerExists())
        co_return;
    m_inventoryError = loaded ? std::nullopt : std::optional(loaded.error());
    update();
}

bool HardwareKeysViewModel::isWorking() const
{
    return std::ranges::any_of(m_prompts,
                               [](const KeyPromptViewModel *prompt) { return prompt->isActive(); });
}

void HardwareKeysViewModel::update()
{
    const QList<KeyDevice> devices = m_shown ? m_keys.devices() : QList<KeyDevice>();
    const auto isThere = [&devices](const QString &id) {
        return std::ranges::any_of(devices,
                                   [&id](const KeyDevice &device) { return device.id == id; });
    };
    m_observer.retain(devices);
    m_former.removeIf([&](const auto &entry) { return !isThere(entry.key()); });
    if (m_promptError) {
        const bool isAboutIt = std::ranges::any_of(devices, [this](const KeyDevice &device) {
            return device.id == m_promptError->deviceId
                && (device.cardNumber == m_promptError->cardNumber
                    || device.state == KeyDevice::State::NoCard);
        });
        if (!isAboutIt)
            m_promptError.reset();
    }

    QSet<QString> connected;
    for (const KeyDevice &device : devices) {
        const KeyObserver::Observation *seen = m_observer.ofCurrent(device);
        if (!seen)
            continue;
        if (const InventoryKey *entry = m_observer.entryOf(*seen))
            connected.insert(entry->id);
    }
    m_inventoryModel.setConnected(connected);

    // The list may not have heard yet that the chosen device is gone.
    auto chosen = m_shown ? m_devices.chosen() : std::nullopt;
    if (chosen && !isThere(chosen->id))
        chosen.reset();
    const KeyObserver::Observation *seen = chosen ? m_observer.of(chosen->id) : nullptr;
    const bool usable = chosen && chosen->state != KeyDevice::State::NoPermission;
    if (usable && seen && !seen->error) {
        m_details.set(*chosen, seen->inspection, m_inventory.inventory(),
                      m_observer.hasTwin(*chosen, *seen));
    } else {
        m_details.clear();
    }

    const bool knowsInventory = m_inventory.isLoaded() || m_inventoryError;
    if (m_observer.inspectedId().isEmpty() && knowsInventory && !isWorking()) {
        const auto next = std::ranges::find_if(devices, [this](const KeyDevice &device) {
            return m_observer.isWaiting(device);
        });
        if (chosen && m_observer.isWaiting(*chosen))
            m_observer.inspect(*chosen);
        else if (next != devices.end())
            m_observer.inspect(*next);
    }
    Q_EMIT changed();
}

bool HardwareKeysViewModel::isInspecting() const
{
    const auto chosen = m_devices.chosen();
    return chosen && chosen->id == m_observer.inspectedId();
}

bool HardwareKeysViewModel::isWaitingForCard() const
{
    const auto chosen = m_devices.chosen();
    return chosen && chosen->state == KeyDevice::State::NoCard;
}

QString HardwareKeysViewModel::errorText() const
{
    const auto chosen = m_devices.chosen();
    if (chosen && m_promptError && m_promptError->deviceId == chosen->id)
        return userMessage(m_promptError->error);
    const KeyObserver::Observation *seen = chosen ? m_observer.of(chosen->id) : nullptr;
    if (!seen || isWaitingForCard())
        return {};
    const std::optional<Error> &error = seen->error;
    return error ? userMessage(*error) : QString();
}

bool HardwareKeysViewModel::canRefresh() const
{
    const auto chosen = m_devices.chosen();
    return !chosen || !m_promptError || m_promptError->deviceId != chosen->id
        || m_promptError->error.kind != ErrorKind::KeyPinBlocked;
}

bool HardwareKeysViewModel::isForbidden() const
{
    const auto chosen = m_devices.chosen();
    return chosen && chosen->state == KeyDevice::State::NoPermission;
}

QString HardwareKeysViewModel::problemText() const
{
    return m_shown ? linesOf(m_keys.problems(), false) : QString();
}

QString HardwareKeysViewModel::readerProblemText() const
{
    return m_shown ? linesOf(m_keys.problems(), true) : QString();
}

QString HardwareKeysViewModel::inventoryProblemText() const
{
    if (m_inventoryError)
        return userMessage(*m_inventoryError);
    return m_inventory.keptAside().isEmpty()
        ? QString()
        : userMessage(Error{.kind = ErrorKind::FileDamaged,
                            .subject = ForeignText::path(m_inventory.keptAside())});
}

// ---------------------------------------------------------------- actions with the chosen key

bool HardwareKeysViewModel::canAct() const
{
    return m_shown && m_details.isKnown() && !isWorking();
}

void HardwareKeysViewModel::refresh()
{
    const auto chosen = m_devices.chosen();
    if (!chosen || isWorking())
        return;
    m_promptError.reset();
    // The result of a running look may be out of date.
    m_observer.stop();
    m_observer.forget(chosen->id);
    update();
}

void HardwareKeysViewModel::follow(const KeyPromptViewModel *prompt)
{
    if (prompt->isActive()) {
        m_active.insert(prompt);
        m_observer.stop(); // the user's action goes first
    } else if (m_active.remove(prompt)) {
        m_observer.markStale(prompt->device().id);
    }
    update();
}

void HardwareKeysViewModel::takeResult(const KeyPromptViewModel *prompt, const QString &message)
{
    m_promptError.reset();
    // The result of a running look may be out of date.
    m_observer.stop();
    m_observer.forget(prompt->device().id);
    if (!message.isEmpty())
        Q_EMIT noted(message);
    update();
}

void HardwareKeysViewModel::recognizeWithPin()
{
    if (canAct() && m_details.isSilent()) {
        m_observer.stop();
        recognize(m_details.device());
    }
}

QCoro::Task<void> HardwareKeysViewModel::recognize(KeyDevice device)
{
    const auto ticket = m_recognition.renew();
    const auto inspection = std::make_shared<KeyInspection>();
    KeyPromptViewModel::Action action;
    action.pin = KeyPromptViewModel::PinUse::Needed;
    action.run = [keys = &m_keys, candidates = m_inventory.inventory().candidates(),
                  inspection](KeyOperation *operation, KeyDevice on, SecureBuffer pin) {
        return inspectWithPin(keys, operation, std::move(on), candidates, std::move(pin),
                              inspection);
    };
    m_promptError.reset();
    const auto result = co_await m_prompt.perform(device, std::move(action));
    if (!ticket)
        co_return;
    // Includes the key that was placed on the reader for the prompt.
    const KeyDevice seen = m_prompt.device();
    if (!result) {
        if (result.error().kind != ErrorKind::Canceled)
            m_promptError = PromptError{.deviceId = seen.id,
                                        .cardNumber = seen.cardNumber,
                                        .error = result.error()};
    } else {
        // The end of the prompt has started another inspection, which sees less because it has no
        // PIN.
        if (m_observer.inspectedId() == seen.id)
            m_observer.stop();
        m_observer.put(seen, *inspection);
    }
    update();
}

void HardwareKeysViewModel::changePin()
{
    if (!canAct() || !m_details.pinBlockedReason().isEmpty())
        return;
    m_observer.stop();
    m_pin.begin(m_details.device(), m_details.info(), m_details.name());
}

void HardwareKeysViewModel::showEntries()
{
    if (!canAct() || !m_details.entriesBlockedReason().isEmpty())
        return;
    m_observer.stop();
    m_entries.begin(m_details.device(), m_details.name());
}

void HardwareKeysViewModel::resetKey()
{
    if (!canAct() || !m_details.resetBlockedReason().isEmpty())
        return;
    m_observer.stop();
    m_reset.begin(m_details.device(), m_details.identity(m_inventory.inventory().candidates()),
                  m_details.name(), m_details.entryId(),
                  m_inventoryModel.accountsOf(m_details.entryId()));
}

void HardwareKeysViewModel::describe()
{
    if (!canAct())
        return;
    m_observer.stop();
    const Inventory &inventory = m_inventory.inventory();
    const InventoryKey *entry = inventory.key(m_details.entryId());
    if (!entry)
        entry = inventory.key(m_details.claimedId());
    if (entry)
        m_note.beginEdit(*entry);
    else
        m_note.beginAdd(m_details.device(), m_details.info(), m_details.product(),
                        inventory.key(m_former.value(m_details.device().id)));
}

// ---------------------------------------------------------------- actions with an inventory key

void HardwareKeysViewModel::describeRow(int row)
{
    if (const InventoryKey *key = m_inventoryModel.keyAt(row))
        m_note.beginEdit(*key);
}

void HardwareKeysViewModel::askToForget(int row)
{
    if (const InventoryKey *key = m_inventoryModel.keyAt(row))
        m_forgetting.ask(*key);
}

} // namespace Sparekey
