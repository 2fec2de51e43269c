// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keydetailsviewmodel.h"

#include "ui/keys/keyinventorymodel.h"
#include "ui/keys/keylistmodel.h"
#include "ui/keys/pinretries.h"

#include <QLocale>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Shows unknown versions and transports as the key calls them.
QString versionName(const QString &version)
{
    if (version == "U2F_V2"_L1)
        return u"U2F"_s;
    if (version == "FIDO_2_0"_L1)
        return u"CTAP 2.0"_s;
    if (version == "FIDO_2_1_PRE"_L1)
        return KeyDetailsViewModel::tr("CTAP 2.1 (preview)");
    if (version == "FIDO_2_1"_L1)
        return u"CTAP 2.1"_s;
    if (version == "FIDO_2_2"_L1)
        return u"CTAP 2.2"_s;
    return version;
}

QString transportName(const QString &transport)
{
    if (transport == "usb"_L1)
        return KeyDetailsViewModel::tr("USB");
    if (transport == "nfc"_L1)
        return KeyDetailsViewModel::tr("NFC");
    if (transport == "ble"_L1)
        return KeyDetailsViewModel::tr("Bluetooth");
    if (transport == "smart-card"_L1)
        return KeyDetailsViewModel::tr("Smart card");
    return transport;
}

} // namespace

void KeyDetailsViewModel::set(const KeyDevice &device, const KeyInspection &inspection,
                              const Inventory &inventory, bool hasTwin)
{
    m_device = device;
    m_inspection = inspection;
    const InventoryKey *entry = inventory.onlyHolderOf(inspection.held.proven);
    m_entry = entry ? *entry : InventoryKey();
    m_ambiguous = inventory.holdersOf(inspection.held.proven).size() > 1;
    m_claimed.clear();
    if (inspection.held.proven.isEmpty()) {
        for (const QString &id : inventory.holdersOf(inspection.held.claimed))
            m_claimed.append(*inventory.key(id));
    }
    m_known = true;
    m_hasTwin = hasTwin;
    Q_EMIT changed();
}

void KeyDetailsViewModel::clear()
{
    if (!m_known)
        return;
    m_device = {};
    m_inspection = {};
    m_entry = {};
    m_known = false;
    m_claimed.clear();
    m_ambiguous = false;
    m_hasTwin = false;
    Q_EMIT changed();
}

QString KeyDetailsViewModel::claimText() const
{
    QStringList names;
    for (const InventoryKey &key : m_claimed)
        names.append(KeyInventoryModel::quotedName(key));
    if (names.isEmpty())
        return {};
    const QString list = QLocale().createSeparatedList(names);
    if (!info().fido2) {
        return tr("This key says that it is %1 of your list. It is of the older kind, U2F, which "
                  "cannot prove that. Go by how it looks.")
            .arg(list);
    }
    return tr("This key says that it is %1 of your list. Sparekey has nothing to prove it by. Go "
              "by how it looks.")
        .arg(list);
}

KeyIdentity KeyDetailsViewModel::identity(QList<KnownCredential> known) const
{
    KeyIdentity identity{.seen = info(), .held = {}};
    const HeldCredentials &held = m_inspection.held;
    // What the key told with its PIN cannot be asked for again without the PIN.
    if (!held.byPin) {
        known.removeIf([&held](const KnownCredential &credential) {
            return !held.proven.contains(credential.id);
        });
        identity.held = std::move(known);
    }
    return identity;
}

QString KeyDetailsViewModel::name() const
{
    return m_entry.name.isEmpty() ? product() : m_entry.name;
}

QString KeyDetailsViewModel::product() const
{
    if (!m_known)
        return {};
    if (!m_device.isReader())
        return KeyListModel::shownName(m_device);
    return m_entry.product.isEmpty() ? tr("Key on “%1”").arg(KeyListModel::shownName(m_device))
                                     : m_entry.product;
}

QString KeyDetailsViewModel::firmwareText() const
{
    // The numeric firmware version of CTAP is not shown: only the maker knows its parts.
    return info().deviceVersion == "0.0.0"_L1 ? QString() : info().deviceVersion;
}

QString KeyDetailsViewModel::aaguidText() const
{
    const QUuid uuid = QUuid::fromRfc4122(info().aaguid);
    return uuid.isNull() ? QString() : uuid.toString(QUuid::WithoutBraces);
}

QString KeyDetailsViewModel::transportsText() const
{
    QStringList names;
    for (const QString &transport : info().transports)
        names.append(transportName(transport));
    return names.join(u", "_s);
}

QString KeyDetailsViewModel::versionsText() const
{
    QStringList names;
    for (const QString &version : info().versions)
        names.append(versionName(version));
    return names.join(u", "_s);
}

QString KeyDetailsViewModel::pinText() const
{
    if (!m_known)
        return {};
    switch (info().pin) {
    case KeyInfo::Pin::Unsupported: return tr("This kind of key has none.");
    case KeyInfo::Pin::NotSet: return tr("Not set");
    case KeyInfo::Pin::Set: break;
    }
    const std::optional<int> tries = info().pinRetries;
    if (tries == 0)
        return tr("Blocked. Only a reset helps.");
    if (info().pinChangeForced)
        return tr("Set, but the key needs a new PIN before it can be used.");
    return tries ? tr("Set, %n try(s) left", nullptr, *tries) : tr("Set");
}

bool KeyDetailsViewModel::pinNeedsAttention() const
{
    return hasPin() && (info().pinChangeForced || areFewRetries(info().pinRetries));
}

QString KeyDetailsViewModel::slotsText() const
{
    const std::optional<int> remaining = info().remainingSlots;
    return m_known && remaining ? tr("Room for %n", nullptr, *remaining) : QString();
}

QString KeyDetailsViewModel::pinBlockedReason() const
{
    if (info().pin == KeyInfo::Pin::Unsupported)
        return tr("This key is of the older kind, U2F, which has no PIN.");
    if (hasPin() && info().pinRetries == 0)
        return tr("The PIN is blocked. Only a reset helps.");
    return {};
}

QString KeyDetailsViewModel::entriesBlockedReason() const
{
    if (!info().managesCredentials)
        return tr("This key does not tell which sign-ins it keeps.");
    if (!hasPin())
        return tr("A key shows its sign-ins only with its PIN. Set one first.");
    if (info().pinRetries == 0)
        return tr("The PIN is blocked. Only a reset helps.");
    return {};
}

QString KeyDetailsViewModel::resetBlockedReason() const
{
    if (!info().fido2)
        return tr("This key is of the older kind, U2F, which cannot be reset here.");
    if (m_hasTwin) {
        return tr("Another key of this model is connected, and nothing tells the two apart. Take "
                  "the other one away first.");
    }
    return {};
}

} // namespace Sparekey
