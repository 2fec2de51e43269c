// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/hardwarekeysviewmodel.h"

#include "ui/messages/usermessage.h"

#include <QPointer>

#include <algorithm>
#include <memory>
#include <utility>

namespace Sparekey {

namespace {

using SharedLook = std::shared_ptr<KeyLook>;

QCoro::Task<Result<void>> ask(HardwareKeys *keys, KeyOperation *operation, KeyDevice device,
                              QList<KnownCredential> candidates, SecureBuffer pin, SharedLook look)
{
    const QString name = device.name;
    const auto found = co_await keys->look(operation, std::move(device), std::move(candidates),
                                           std::move(pin));
    if (!found)
        co_return fail(found.error());
    if (found->silent)
        co_return fail(Error{.kind = ErrorKind::KeyPinRequired, .subject = name});
    *look = *found;
    co_return Result<void>();
}

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
    , m_inventoryModel(inventory, settings, std::move(emailOf))
    , m_prompt(keys)
    , m_pin(keys)
    , m_entries(keys, inventory)
    , m_reset(keys, inventory)
    , m_note(keys, inventory)
{
    connect(&m_devices, &KeyListModel::changed, this, &HardwareKeysViewModel::update);
    connect(&inventory, &KeyInventory::changed, this, &HardwareKeysViewModel::update);
    for (KeyPromptViewModel *prompt : m_prompts)
        connect(prompt, &KeyPromptViewModel::changed, this, [this, prompt] { follow(prompt); });
    connect(&m_pin, &KeyPinViewModel::done, this,
            [this](const QString &message) { takeResult(m_pin.prompt(), message); });
    connect(&m_note, &KeyNoteViewModel::done, this,
            [this](const QString &message) { takeResult(m_note.prompt(), message); });
    connect(&m_entries, &KeyEntriesViewModel::deleted, this,
            [this](const QString &message) { takeResult(m_entries.prompt(), message); });
    connect(&m_reset, &KeyResetViewModel::done, this, [this] {
        if (!m_reset.entryId().isEmpty())
            m_former.insert(m_reset.prompt()->device().id, m_reset.entryId());
        takeResult(m_reset.prompt(), {});
    });
}

HardwareKeysViewModel::~HardwareKeysViewModel()
{
    // The members that go first still tell of changes.
    for (QObject *member : std::initializer_list<QObject *>{&m_devices, &m_prompt, &m_pin,
                                                            &m_entries, &m_reset, &m_note})
        member->disconnect(this);
    for (KeyPromptViewModel *prompt : m_prompts)
        prompt->disconnect(this);
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
    stopLooking();
    ++m_recognition;
    m_prompt.cancel();
    m_pin.close();
    m_entries.close();
    m_reset.close();
    m_note.close();
    m_forgetId.clear();
    m_promptError.reset();
    m_sights.clear();
}

// ---------------------------------------------------------------- what is there

QCoro::Task<void> HardwareKeysViewModel::loadInventory()
{
    const QPointer self(this);
    const auto loaded = co_await m_inventory.load();
    if (!self)
        co_return;
    m_inventoryError = loaded ? std::nullopt : std::optional(loaded.error());
    update();
}

bool HardwareKeysViewModel::isWorking() const
{
    return std::ranges::any_of(m_prompts,
                               [](const KeyPromptViewModel *prompt) { return prompt->isActive(); });
}

const InventoryKey *HardwareKeysViewModel::entryOf(const Sight &sight) const
{
    return m_inventory.inventory().onlyHolderOf(sight.look.held.proven);
}

// Another key of the same model is there, and nothing proves which of the two this is.
bool HardwareKeysViewModel::hasTwin(const KeyDevice &device, const Sight &sight) const
{
    const HeldCredentials &held = sight.look.held;
    if (!held.byPin && !held.proven.isEmpty())
        return false;
    const QList<KeyDevice> devices = m_keys.devices();
    return std::ranges::any_of(devices, [&](const KeyDevice &other) {
        if (other.id == device.id || other.connection != device.connection
            || other.state == KeyDevice::State::NoCard)
            return false;
        const auto seen = m_sights.constFind(other.id);
        const bool isKnown = seen != m_sights.cend() && !seen->error;
        return isKnown ? seen->look.info.aaguid == sight.look.info.aaguid
                       : other.name == device.name;
    });
}

void HardwareKeysViewModel::update()
{
    const QList<KeyDevice> devices = m_shown ? m_keys.devices() : QList<KeyDevice>();
    const auto isThere = [&devices](const QString &id) {
        return std::ranges::any_of(devices,
                                   [&id](const KeyDevice &device) { return device.id == id; });
    };
    // What was seen on a reader stays until another card comes, so that a tap is enough.
    m_sights.removeIf([&](const auto &entry) { return !isThere(entry.key()); });
    m_former.removeIf([&](const auto &entry) { return !isThere(entry.key()); });

    // One that is lifted while it is looked at must not keep the others waiting.
    const bool isLookedAtThere = std::ranges::any_of(devices, [this](const KeyDevice &device) {
        return device.id == m_lookingAt && device.state == KeyDevice::State::Ready;
    });
    if (!m_lookingAt.isEmpty() && !isLookedAtThere)
        stopLooking();
    if (m_promptError) {
        const bool isAboutIt = std::ranges::any_of(devices, [this](const KeyDevice &device) {
            return device.id == m_promptError->deviceId
                && (device.tap == m_promptError->tap || device.state == KeyDevice::State::NoCard);
        });
        if (!isAboutIt)
            m_promptError.reset();
    }

    QSet<QString> connected;
    for (const KeyDevice &device : devices) {
        const auto sight = m_sights.constFind(device.id);
        if (sight == m_sights.cend() || sight->tap != device.tap)
            continue;
        if (const InventoryKey *entry = entryOf(*sight))
            connected.insert(entry->id);
    }
    m_inventoryModel.setConnected(connected);

    // The list may have to hear yet that the chosen one has gone.
    auto chosen = m_shown ? m_devices.chosen() : std::nullopt;
    if (chosen && !isThere(chosen->id))
        chosen.reset();
    const auto sight = chosen ? m_sights.constFind(chosen->id) : m_sights.cend();
    const bool usable = chosen && chosen->state != KeyDevice::State::NoPermission;
    if (usable && sight != m_sights.cend() && !sight->error)
        m_details.set(*chosen, sight->look, m_inventory.inventory(), hasTwin(*chosen, *sight));
    else
        m_details.clear();

    const auto waits = [this](const KeyDevice &device) {
        if (device.state != KeyDevice::State::Ready)
            return false;
        const auto seen = m_sights.constFind(device.id);
        return seen == m_sights.cend() || seen->tap != device.tap || seen->stale;
    };
    const bool knowsWhom = m_inventory.isLoaded() || m_inventoryError;
    if (m_lookingAt.isEmpty() && knowsWhom && !isWorking()) {
        const auto next = std::ranges::find_if(devices, waits);
        if (chosen && waits(*chosen))
            lookAt(*chosen);
        else if (next != devices.end())
            lookAt(*next);
    }
    Q_EMIT changed();
}

QCoro::Task<void> HardwareKeysViewModel::lookAt(KeyDevice device)
{
    const QPointer self(this);
    const quint64 number = ++m_number;
    m_lookingAt = device.id;
    const auto look = co_await m_keys.look(&m_look, device, m_inventory.inventory().candidates(),
                                           SecureBuffer());
    if (!self || number != m_number)
        co_return;
    m_lookingAt.clear();
    Sight sight{.tap = device.tap, .look = {}, .error = {}};
    if (look) {
        sight.look = *look;
        // What it told before with its PIN is so still.
        const auto before = m_sights.constFind(device.id);
        if (look->silent && before != m_sights.cend() && before->tap == device.tap
            && !before->error) {
            sight.look.silent = before->look.silent;
            sight.look.held = before->look.held;
        }
    } else {
        sight.error = look.error();
    }
    m_sights.insert(device.id, sight);
    if (look && !look->held.proven.isEmpty())
        (void)m_inventory.noteSeen(KeyObservation::on(device, look->info.aaguid, look->held));
    update();
}

void HardwareKeysViewModel::stopLooking()
{
    ++m_number;
    m_lookingAt.clear();
    m_look.cancel();
}

bool HardwareKeysViewModel::isLooking() const
{
    const auto chosen = m_devices.chosen();
    return chosen && chosen->id == m_lookingAt;
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
        return m_promptError->text;
    const auto sight = chosen ? m_sights.constFind(chosen->id) : m_sights.cend();
    if (sight == m_sights.cend() || isWaitingForCard())
        return {};
    const std::optional<Error> &error = sight->error;
    return error ? userMessage(*error) : QString();
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
        : userMessage(Error{.kind = ErrorKind::FileDamaged, .subject = m_inventory.keptAside()});
}

// ---------------------------------------------------------------- with the chosen key

bool HardwareKeysViewModel::canAct() const
{
    return m_shown && m_details.isKnown() && !isWorking();
}

void HardwareKeysViewModel::lookAgain()
{
    const auto chosen = m_devices.chosen();
    if (!chosen || isWorking())
        return;
    m_promptError.reset();
    // What is being seen may be from before.
    stopLooking();
    m_sights.remove(chosen->id);
    update();
}

void HardwareKeysViewModel::follow(const KeyPromptViewModel *prompt)
{
    if (prompt->isActive()) {
        m_active.insert(prompt);
        stopLooking(); // gives way to what somebody wants
    } else if (m_active.remove(prompt)) {
        const auto sight = m_sights.find(prompt->device().id);
        if (sight != m_sights.end())
            sight->stale = true;
    }
    update();
}

void HardwareKeysViewModel::takeResult(const KeyPromptViewModel *prompt, const QString &message)
{
    m_promptError.reset();
    // What is being seen may be from before.
    stopLooking();
    m_sights.remove(prompt->device().id);
    if (!message.isEmpty())
        Q_EMIT noted(message);
    update();
}

void HardwareKeysViewModel::recognizeWithPin()
{
    if (canAct() && m_details.isSilent()) {
        stopLooking();
        recognize(m_details.device());
    }
}

QCoro::Task<void> HardwareKeysViewModel::recognize(KeyDevice device)
{
    const QPointer self(this);
    const quint64 number = ++m_recognition;
    const auto look = std::make_shared<KeyLook>();
    KeyPromptViewModel::Act act;
    act.pin = KeyPromptViewModel::PinUse::Needed;
    act.run = [keys = &m_keys, candidates = m_inventory.inventory().candidates(),
               look](KeyOperation *operation, KeyDevice on, SecureBuffer pin) {
        return ask(keys, operation, std::move(on), candidates, std::move(pin), look);
    };
    m_promptError.reset();
    const auto result = co_await m_prompt.perform(device, std::move(act));
    if (!self || number != m_recognition)
        co_return;
    // With the card that was laid down for it.
    const KeyDevice seen = m_prompt.device();
    if (!result) {
        if (const QString text = userMessage(result.error()); !text.isEmpty())
            m_promptError = PromptError{.deviceId = seen.id, .tap = seen.tap, .text = text};
    } else {
        // The end of the prompt has begun another look, which would see less.
        if (m_lookingAt == seen.id)
            stopLooking();
        m_sights.insert(seen.id, Sight{.tap = seen.tap, .look = *look, .error = {}});
        if (!look->held.proven.isEmpty())
            (void)m_inventory.noteSeen(KeyObservation::on(seen, look->info.aaguid, look->held));
    }
    update();
}

void HardwareKeysViewModel::changePin()
{
    if (!canAct() || !m_details.pinBlockedReason().isEmpty())
        return;
    stopLooking();
    m_pin.begin(m_details.device(), m_details.info(), m_details.name());
}

void HardwareKeysViewModel::showEntries()
{
    if (!canAct() || !m_details.entriesBlockedReason().isEmpty())
        return;
    stopLooking();
    m_entries.begin(m_details.device(), m_details.name());
}

void HardwareKeysViewModel::resetKey()
{
    if (!canAct() || !m_details.resetBlockedReason().isEmpty())
        return;
    stopLooking();
    QStringList accounts;
    if (const InventoryKey *entry = m_inventory.inventory().key(m_details.entryId())) {
        for (const KeyRegistration &registration : entry->registrations) {
            if (registration.state == KeyRegistration::State::Registered) {
                accounts.append(
                    m_inventoryModel.accountTitle(registration.accountKey, registration.server));
            }
        }
    }
    accounts.removeDuplicates();
    KeyIdentity who{.seen = m_details.info(), .held = {}};
    // A reset asks for no PIN, so what the key told with it cannot be asked for again.
    if (!m_details.held().byPin)
        who.held = m_inventory.inventory().candidates();
    who.held.removeIf([this](const KnownCredential &credential) {
        return !m_details.held().proven.contains(credential.id);
    });
    m_reset.begin(m_details.device(), who, m_details.name(), m_details.entryId(), accounts);
}

void HardwareKeysViewModel::describe()
{
    if (!canAct())
        return;
    stopLooking();
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

// ---------------------------------------------------------------- with a key of the inventory

void HardwareKeysViewModel::describeRow(int row)
{
    if (const InventoryKey *key = m_inventoryModel.keyAt(row))
        m_note.beginEdit(*key);
}

void HardwareKeysViewModel::askToForget(int row)
{
    const InventoryKey *key = m_inventoryModel.keyAt(row);
    m_forgetId = key ? key->id : QString();
    Q_EMIT changed();
}

QString HardwareKeysViewModel::keyToForget() const
{
    const InventoryKey *key = m_inventory.inventory().key(m_forgetId);
    return key ? KeyInventoryModel::shownName(*key) : QString();
}

void HardwareKeysViewModel::keepInList()
{
    m_forgetId.clear();
    Q_EMIT changed();
}

void HardwareKeysViewModel::forgetKey()
{
    if (isAskingToForget())
        forget(std::exchange(m_forgetId, {}));
    Q_EMIT changed();
}

QCoro::Task<void> HardwareKeysViewModel::forget(QString id)
{
    const QPointer self(this);
    const InventoryKey *key = m_inventory.inventory().key(id);
    const QString name = key ? KeyInventoryModel::shownName(*key) : QString();
    const auto forgotten = co_await m_inventory.forget(id);
    if (!self)
        co_return;
    m_inventoryError = forgotten ? std::nullopt : std::optional(forgotten.error());
    if (forgotten)
        Q_EMIT noted(tr("“%1” is forgotten.").arg(name));
    update();
}

} // namespace Sparekey
