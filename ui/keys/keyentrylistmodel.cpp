// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyentrylistmodel.h"

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

KeyEntryListModel::KeyEntryListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int KeyEntryListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KeyEntryListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DiscoverableCredential &entry = m_entries.at(index.row());
    switch (role) {
    case SiteRole: return entry.rpId;
    case UserRole: return userOf(entry);
    default: return {};
    }
}

QHash<int, QByteArray> KeyEntryListModel::roleNames() const
{
    return {{SiteRole, "site"_ba}, {UserRole, "user"_ba}};
}

void KeyEntryListModel::setEntries(QList<DiscoverableCredential> entries)
{
    std::ranges::sort(entries, [](const auto &left, const auto &right) {
        return std::tie(left.rpId, left.userName) < std::tie(right.rpId, right.userName);
    });
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
    Q_EMIT countChanged();
}

QString KeyEntryListModel::userOf(const DiscoverableCredential &entry)
{
    if (entry.userName.isEmpty() && entry.userDisplayName.isEmpty())
        return tr("No name given");
    if (entry.userDisplayName.isEmpty() || entry.userDisplayName == entry.userName)
        return entry.userName;
    if (entry.userName.isEmpty())
        return entry.userDisplayName;
    return tr("%1 (%2)").arg(entry.userName, entry.userDisplayName);
}

} // namespace Sparekey
