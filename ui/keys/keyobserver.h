// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>

#include <memory>
#include <optional>

namespace Sparekey {

/// Looks at a key with its PIN and stores the result in `reply`. `KeyPinRequired` if the key still
/// does not identify itself.
[[nodiscard]] QCoro::Task<Result<void>> inspectWithPin(HardwareKeys *keys, KeyOperation *operation,
                                                       KeyDevice device,
                                                       QList<KnownCredential> candidates,
                                                       SecureBuffer pin,
                                                       std::shared_ptr<KeyInspection> reply);

/// Looks at each key that is connected, one after the other, and remembers what they told. A look
/// needs no touch and no PIN. GUI thread.
class KeyObserver : public QObject
{
    Q_OBJECT

public:
    /// What a key told when it was looked at.
    struct Observation
    {
        int cardNumber = 0; ///< As in `KeyDevice`.
        KeyInspection inspection;
        std::optional<Error> error; ///< Why there is no `inspection`.
        /// Something was done with the key since, which may have cost one of its PIN retries.
        bool stale = false;
    };

    /// The services must outlive this object.
    KeyObserver(HardwareKeys &keys, KeyInventory &inventory, QObject *parent = nullptr);
    ~KeyObserver() override;

    /// Null if the device has not been looked at. An observation on a reader stays until another
    /// key is placed there, so that a tap is enough.
    [[nodiscard]] const Observation *of(const QString &deviceId) const;
    /// The same, but only if it is about the key that is on the reader now.
    [[nodiscard]] const Observation *ofCurrent(const KeyDevice &device) const;
    /// The key of the inventory that it proved to be. Null if none.
    [[nodiscard]] const InventoryKey *entryOf(const Observation &seen) const;
    /// Another key of the same model is connected, and nothing proves which of the two this is.
    [[nodiscard]] bool hasTwin(const KeyDevice &device, const Observation &seen) const;
    /// Empty if no device is being looked at.
    [[nodiscard]] QString inspectedId() const { return m_inspectedId; }
    [[nodiscard]] bool isWaiting(const KeyDevice &device) const;

    /// Forgets devices that are not among these, and stops a look at one that cannot answer.
    void retain(const QList<KeyDevice> &devices);
    /// Looks at the device, and stops any other look. Emits `changed` when it is done.
    void inspect(const KeyDevice &device);
    void stop();
    /// Stores what another operation has read.
    void put(const KeyDevice &device, const KeyInspection &inspection);
    void markStale(const QString &deviceId);
    void forget(const QString &deviceId) { m_seen.remove(deviceId); }
    /// Stops looking and forgets everything.
    void clear();

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<void> runInspection(KeyDevice device);
    void recordSeen(const KeyDevice &device, const KeyInspection &inspection);

    HardwareKeys &m_keys;
    KeyInventory &m_inventory;
    KeyOperation m_operation;
    QHash<QString, Observation> m_seen; ///< By device.
    QString m_inspectedId;
    TaskGuard m_looks;
};

} // namespace Sparekey
