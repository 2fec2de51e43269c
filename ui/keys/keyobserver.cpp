// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyobserver.h"

#include <algorithm>
#include <utility>

namespace Sparekey {

QCoro::Task<Result<void>> inspectWithPin(HardwareKeys *keys, KeyOperation *operation,
                                         KeyDevice device, QList<KnownCredential> candidates,
                                         SecureBuffer pin, std::shared_ptr<KeyInspection> reply)
{
    const Error pinRequired{.kind = ErrorKind::KeyPinRequired,
                            .subject = device.name,
                            .onReader = device.isReader()};
    const auto found = co_await keys->inspect(operation, std::move(device), std::move(candidates),
                                              std::move(pin));
    if (!found)
        co_return fail(found.error());
    if (found->silent)
        co_return fail(pinRequired);
    *reply = *found;
    co_return Result<void>();
}

KeyObserver::KeyObserver(HardwareKeys &keys, KeyInventory &inventory, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_inventory(inventory)
{
}

KeyObserver::~KeyObserver() = default;

const KeyObserver::Observation *KeyObserver::of(const QString &deviceId) const
{
    const auto seen = m_seen.constFind(deviceId);
    return seen == m_seen.cend() ? nullptr : &*seen;
}

const KeyObserver::Observation *KeyObserver::ofCurrent(const KeyDevice &device) const
{
    const Observation *seen = of(device.id);
    return seen && seen->cardNumber == device.cardNumber ? seen : nullptr;
}

const InventoryKey *KeyObserver::entryOf(const Observation &seen) const
{
    return m_inventory.inventory().onlyHolderOf(seen.inspection.held.proven);
}

bool KeyObserver::hasTwin(const KeyDevice &device, const Observation &seen) const
{
    const HeldCredentials &held = seen.inspection.held;
    if (!held.byPin && !held.proven.isEmpty())
        return false;
    const QList<KeyDevice> devices = m_keys.devices();
    return std::ranges::any_of(devices, [&](const KeyDevice &other) {
        if (other.id == device.id || other.connection != device.connection
            || other.state == KeyDevice::State::NoCard)
            return false;
        const Observation *otherSeen = of(other.id);
        return otherSeen && !otherSeen->error
            ? otherSeen->inspection.info.aaguid == seen.inspection.info.aaguid
            : other.name == device.name;
    });
}

bool KeyObserver::isWaiting(const KeyDevice &device) const
{
    if (device.state != KeyDevice::State::Ready)
        return false;
    const Observation *seen = ofCurrent(device);
    return !seen || seen->stale;
}

void KeyObserver::retain(const QList<KeyDevice> &devices)
{
    m_seen.removeIf([&](const auto &entry) {
        return std::ranges::none_of(devices, [&entry](const KeyDevice &device) {
            return device.id == entry.key();
        });
    });
    // A key that is removed while it is looked at must not keep the others waiting.
    const bool canAnswer = std::ranges::any_of(devices, [this](const KeyDevice &device) {
        return device.id == m_inspectedId && device.state == KeyDevice::State::Ready;
    });
    if (!m_inspectedId.isEmpty() && !canAnswer)
        stop();
}

void KeyObserver::inspect(const KeyDevice &device)
{
    runInspection(device);
}

QCoro::Task<void> KeyObserver::runInspection(KeyDevice device)
{
    const auto ticket = m_looks.renew();
    m_inspectedId = device.id;
    const auto inspection = co_await m_keys.inspect(&m_operation, device,
                                                    m_inventory.inventory().candidates(),
                                                    SecureBuffer());
    if (!ticket)
        co_return;
    m_inspectedId.clear();
    Observation seen{.cardNumber = device.cardNumber, .inspection = {}, .error = {}};
    if (inspection) {
        seen.inspection = *inspection;
        // What the key told with its PIN before is still valid.
        const Observation *before = ofCurrent(device);
        if (inspection->silent && before && !before->error) {
            seen.inspection.silent = before->inspection.silent;
            seen.inspection.held = before->inspection.held;
        }
    } else {
        seen.error = inspection.error();
    }
    m_seen.insert(device.id, seen);
    if (inspection)
        recordSeen(device, *inspection);
    Q_EMIT changed();
}

void KeyObserver::stop()
{
    m_looks.cancel();
    m_inspectedId.clear();
    m_operation.cancel();
}

void KeyObserver::put(const KeyDevice &device, const KeyInspection &inspection)
{
    m_seen.insert(device.id,
                  Observation{.cardNumber = device.cardNumber,
                              .inspection = inspection,
                              .error = {}});
    recordSeen(device, inspection);
}

void KeyObserver::markStale(const QString &deviceId)
{
    if (const auto seen = m_seen.find(deviceId); seen != m_seen.end())
        seen->stale = true;
}

void KeyObserver::clear()
{
    stop();
    m_seen.clear();
}

void KeyObserver::recordSeen(const KeyDevice &device, const KeyInspection &inspection)
{
    if (!inspection.held.proven.isEmpty())
        (void)m_inventory.recordSeen(
            KeyObservation::on(device, inspection.info.aaguid, inspection.held));
}

} // namespace Sparekey
