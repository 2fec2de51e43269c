// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/yubikeyslotmodel.h"

#include "core/otp/yubicootp.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

YubiKeySlotModel::YubiKeySlotModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int YubiKeySlotModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Slots;
}

QVariant YubiKeySlotModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Slot &slot = at(index.row());
    switch (role) {
    case NumberRole: return index.row() + 1;
    case KeyIdRole: return slot.keyId;
    case UnsavedRole: return !slot.code.isEmpty();
    case ErrorTextRole: return slot.errorText;
    default: return {};
    }
}

QHash<int, QByteArray> YubiKeySlotModel::roleNames() const
{
    return {
        {NumberRole, "number"_ba},
        {KeyIdRole, "keyId"_ba},
        {UnsavedRole, "unsaved"_ba},
        {ErrorTextRole, "errorText"_ba},
    };
}

void YubiKeySlotModel::setStored(const KeyIds &ids)
{
    m_stored = ids;
    for (int slot = 0; slot < Slots; ++slot)
        at(slot) = {.keyId = ids[static_cast<std::size_t>(slot)]};
    allChanged();
}

void YubiKeySlotModel::mergeStored(const KeyIds &ids)
{
    QStringList codes;
    for (const Slot &slot : m_slots) {
        if (!slot.code.isEmpty())
            codes.append(slot.code);
    }
    setStored(ids);
    for (const QString &code : codes) {
        const int free = emptySlotFrom(0);
        if (free >= 0 && slotOf(QStringView(code).left(yubicoIdLength)) < 0)
            setCode(free, code);
    }
}

void YubiKeySlotModel::setEntered(int slot, SecureBuffer text)
{
    at(slot).entered = std::move(text);
    if (at(slot).errorText.isEmpty())
        return;
    at(slot).errorText.clear();
    slotChanged(slot);
}

void YubiKeySlotModel::setCode(int slot, const QString &code)
{
    at(slot) = {.keyId = code.left(yubicoIdLength), .code = code};
    slotChanged(slot);
}

void YubiKeySlotModel::clear(int slot)
{
    at(slot) = {};
    slotChanged(slot);
}

void YubiKeySlotModel::setError(int slot, const QString &text)
{
    at(slot).errorText = text;
    slotChanged(slot);
}

void YubiKeySlotModel::dropCodes(const QString &text)
{
    for (Slot &slot : m_slots) {
        if (!slot.code.isEmpty())
            slot = {.errorText = text};
    }
    allChanged();
}

int YubiKeySlotModel::slotOf(QStringView keyId) const
{
    const auto found = std::find_if(m_slots.begin(), m_slots.end(),
                                    [keyId](const Slot &slot) { return slot.keyId == keyId; });
    return found == m_slots.end() ? -1 : static_cast<int>(found - m_slots.begin());
}

int YubiKeySlotModel::emptySlotFrom(int slot) const
{
    for (int step = 0; step < Slots; ++step) {
        const int candidate = (slot + step) % Slots;
        if (at(candidate).keyId.isEmpty())
            return candidate;
    }
    return -1;
}

bool YubiKeySlotModel::hasKeys() const
{
    return std::any_of(m_slots.begin(), m_slots.end(),
                       [](const Slot &slot) { return !slot.keyId.isEmpty(); });
}

bool YubiKeySlotModel::isModified() const
{
    for (int slot = 0; slot < Slots; ++slot) {
        if (at(slot).keyId != m_stored[static_cast<std::size_t>(slot)] || !at(slot).code.isEmpty()
            || !at(slot).entered.isEmpty())
            return true;
    }
    return false;
}

YubiKeySlotModel::KeyIds YubiKeySlotModel::toWrite() const
{
    KeyIds keys;
    std::transform(m_slots.begin(), m_slots.end(), keys.begin(),
                   [](const Slot &slot) { return slot.code.isEmpty() ? slot.keyId : slot.code; });
    return keys;
}

void YubiKeySlotModel::slotChanged(int slot)
{
    Q_EMIT dataChanged(index(slot), index(slot));
    Q_EMIT slotsChanged();
}

void YubiKeySlotModel::allChanged()
{
    Q_EMIT dataChanged(index(0), index(Slots - 1));
    Q_EMIT slotsChanged();
}

} // namespace Sparekey
