// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/inventory.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What a key reports about itself, and what its owner noted about it, as texts. A text is empty if
/// nothing is known.
class KeyDetailsViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    /// A key has been looked at. Without one all texts are empty.
    Q_PROPERTY(bool known READ isKnown NOTIFY changed FINAL)
    /// What its owner calls it, or else what it calls itself.
    Q_PROPERTY(QString name READ name NOTIFY changed FINAL)
    Q_PROPERTY(QString product READ product NOTIFY changed FINAL)
    /// Where its owner keeps it.
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    /// It has proved to be a key of the inventory.
    Q_PROPERTY(bool recognized READ isRecognized NOTIFY changed FINAL)
    /// It has proved to be several keys of the inventory. Adding it merges them.
    Q_PROPERTY(bool ambiguous READ isAmbiguous NOTIFY changed FINAL)
    /// Says which keys of the inventory it claims to be without proof; else empty.
    Q_PROPERTY(QString claimText READ claimText NOTIFY changed FINAL)
    /// `HardwareKeysViewModel::describe` edits an entry of the inventory and adds none.
    Q_PROPERTY(bool listed READ isListed NOTIFY changed FINAL)
    /// It identifies itself only with its PIN.
    Q_PROPERTY(bool silent READ isSilent NOTIFY changed FINAL)
    /// A software key of a demo or test.
    Q_PROPERTY(bool simulated READ isSimulated NOTIFY changed FINAL)
    Q_PROPERTY(QString firmwareText READ firmwareText NOTIFY changed FINAL)
    Q_PROPERTY(QString aaguidText READ aaguidText NOTIFY changed FINAL)
    Q_PROPERTY(QString transportsText READ transportsText NOTIFY changed FINAL)
    Q_PROPERTY(QString versionsText READ versionsText NOTIFY changed FINAL)
    Q_PROPERTY(QString pinText READ pinText NOTIFY changed FINAL)
    /// Few PIN retries are left, or the key requires a new PIN.
    Q_PROPERTY(bool pinNeedsAttention READ pinNeedsAttention NOTIFY changed FINAL)
    Q_PROPERTY(QString slotsText READ slotsText NOTIFY changed FINAL)
    Q_PROPERTY(bool hasPin READ hasPin NOTIFY changed FINAL)
    /// Why these actions are not possible with this key; empty if they are.
    Q_PROPERTY(QString pinBlockedReason READ pinBlockedReason NOTIFY changed FINAL)
    Q_PROPERTY(QString entriesBlockedReason READ entriesBlockedReason NOTIFY changed FINAL)
    Q_PROPERTY(QString resetBlockedReason READ resetBlockedReason NOTIFY changed FINAL)

public:
    using QObject::QObject;

    /// `hasTwin`: another key of the same model is connected, and nothing proves which of the two
    /// this one is.
    void set(const KeyDevice &device, const KeyInspection &inspection, const Inventory &inventory,
             bool hasTwin);
    void clear();

    [[nodiscard]] bool isKnown() const { return m_known; }
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString product() const;
    [[nodiscard]] QString place() const { return m_entry.place; }
    [[nodiscard]] bool isRecognized() const { return !m_entry.id.isEmpty(); }
    /// Its id in the inventory; empty if it is not there.
    [[nodiscard]] QString entryId() const { return m_entry.id; }
    [[nodiscard]] bool isAmbiguous() const { return m_ambiguous; }
    [[nodiscard]] QString claimText() const;
    /// The id of the one key of the inventory that it claims to be without proof; else empty.
    [[nodiscard]] QString claimedId() const
    {
        return m_claimed.size() == 1 ? m_claimed.first().id : QString();
    }
    [[nodiscard]] bool isListed() const { return isRecognized() || !claimedId().isEmpty(); }
    [[nodiscard]] bool isSilent() const { return m_inspection.silent && !isRecognized(); }
    [[nodiscard]] bool isSimulated() const { return m_device.simulated; }
    [[nodiscard]] QString firmwareText() const;
    [[nodiscard]] QString aaguidText() const;
    [[nodiscard]] QString transportsText() const;
    [[nodiscard]] QString versionsText() const;
    [[nodiscard]] QString pinText() const;
    [[nodiscard]] bool pinNeedsAttention() const;
    [[nodiscard]] QString slotsText() const;
    [[nodiscard]] bool hasPin() const { return info().pin == KeyInfo::Pin::Set; }
    [[nodiscard]] QString pinBlockedReason() const;
    [[nodiscard]] QString entriesBlockedReason() const;
    [[nodiscard]] QString resetBlockedReason() const;

    [[nodiscard]] const KeyDevice &device() const { return m_device; }
    [[nodiscard]] const KeyInfo &info() const { return m_inspection.info; }
    /// What distinguishes it from other keys without its PIN. `known` are the credentials that the
    /// inventory knows.
    [[nodiscard]] KeyIdentity identity(QList<KnownCredential> known) const;

Q_SIGNALS:
    void changed();

private:
    KeyDevice m_device;
    KeyInspection m_inspection;
    InventoryKey m_entry; ///< Without an id if there is none.
    QList<InventoryKey> m_claimed;
    bool m_known = false;
    bool m_ambiguous = false;
    bool m_hasTwin = false;
};

} // namespace Sparekey
