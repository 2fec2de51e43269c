// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keylistmodel.h"

#include "ui/messages/usermessage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The device with the highest value is chosen. A key on a reader comes first: the user has just
// placed it there to use it.
int standing(const KeyDevice &device)
{
    if (device.state == KeyDevice::State::NoPermission)
        return 0;
    if (device.state == KeyDevice::State::NoCard)
        return 1;
    return device.isReader() ? 3 : 2;
}

} // namespace

KeyListModel::KeyListModel(HardwareKeys &keys, QObject *parent)
    : QAbstractListModel(parent)
    , m_keys(keys)
{
}

KeyListModel::~KeyListModel() = default;

void KeyListModel::setWatching(bool watching)
{
    if (watching == static_cast<bool>(m_watch))
        return;
    if (watching) {
        m_watch = m_keys.watch();
        connect(&m_keys, &HardwareKeys::devicesChanged, this, &KeyListModel::update);
    } else {
        disconnect(&m_keys, nullptr, this, nullptr);
        m_watch.reset();
        m_chosenId.clear();
        m_byPerson = false;
    }
    update();
}

int KeyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KeyListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const KeyDevice &device = m_devices.at(index.row());
    switch (role) {
    case NameRole: return shownName(device);
    case NoteRole:
        switch (device.state) {
        case KeyDevice::State::Ready:
            return device.isReader() ? tr("On a card reader (NFC)") : tr("USB");
        case KeyDevice::State::NoPermission: return tr("This computer does not let you use it.");
        case KeyDevice::State::NoCard: return tr("Card reader (NFC): place a key on it.");
        }
        return {};
    case UsableRole: return device.state != KeyDevice::State::NoPermission;
    case NfcRole: return device.isReader();
    default: return {};
    }
}

QHash<int, QByteArray> KeyListModel::roleNames() const
{
    return {{NameRole, "name"_ba},
            {NoteRole, "note"_ba},
            {UsableRole, "usable"_ba},
            {NfcRole, "nfc"_ba}};
}

int KeyListModel::keyCount() const
{
    return static_cast<int>(
        std::count_if(m_devices.begin(), m_devices.end(), [](const KeyDevice &device) {
            return device.state != KeyDevice::State::NoCard;
        }));
}

int KeyListModel::touchableCount() const
{
    return static_cast<int>(
        std::count_if(m_devices.begin(), m_devices.end(), [](const KeyDevice &device) {
            return !device.isReader() && device.state == KeyDevice::State::Ready;
        }));
}

int KeyListModel::chosenRow() const
{
    for (int row = 0; row < count(); ++row) {
        if (m_devices.at(row).id == m_chosenId)
            return row;
    }
    return -1;
}

bool KeyListModel::isForbidden() const
{
    const auto device = chosen();
    return device && device->state == KeyDevice::State::NoPermission;
}

QString KeyListModel::problemText() const
{
    QStringList lines;
    if (m_watch) {
        for (const Error &error : m_keys.problems())
            lines.append(userMessage(error));
    }
    return lines.join(u'\n');
}

std::optional<KeyDevice> KeyListModel::chosen() const
{
    const int row = chosenRow();
    return row < 0 ? std::nullopt : std::optional(m_devices.at(row));
}

void KeyListModel::choose(int row)
{
    if (row >= 0 && row < count())
        choose(m_devices.at(row));
}

void KeyListModel::choose(const KeyDevice &device)
{
    m_chosenId = device.id;
    m_byPerson = true;
    Q_EMIT changed();
}

QString KeyListModel::shownName(const KeyDevice &device)
{
    if (!device.name.isEmpty())
        return device.name;
    return device.isReader() ? tr("Unnamed reader") : tr("Unnamed key");
}

void KeyListModel::update()
{
    const QList<KeyDevice> devices = m_watch ? m_keys.devices() : QList<KeyDevice>();
    const bool samePlaces = std::equal(devices.begin(), devices.end(), m_devices.begin(),
                                       m_devices.end(),
                                       [](const KeyDevice &left, const KeyDevice &right) {
                                           return left.id == right.id;
                                       });
    if (samePlaces) {
        m_devices = devices;
        if (!devices.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
    } else {
        beginResetModel();
        m_devices = devices;
        endResetModel();
    }
    if (chosenRow() < 0)
        m_byPerson = false;
    if (!m_byPerson) {
        const auto best = std::max_element(m_devices.begin(), m_devices.end(),
                                           [](const KeyDevice &left, const KeyDevice &right) {
                                               return standing(left) < standing(right);
                                           });
        m_chosenId = best == m_devices.end() ? QString() : best->id;
    }
    Q_EMIT changed();
}

} // namespace Sparekey
