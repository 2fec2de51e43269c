// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/providers/passkeylistmodel.h"

#include "ui/messages/dates.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

PasskeyListModel::PasskeyListModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

int PasskeyListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PasskeyListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Passkey &key = m_keys.at(index.row());
    switch (role) {
    case NameRole: return shownName(key);
    case MigratedRole: return key.migrated;
    case AddedRole: {
        const auto added = m_added.constFind(key.id);
        return added == m_added.cend() ? QString() : tr("Added here on %1").arg(shownDate(*added));
    }
    default: return {};
    }
}

QHash<int, QByteArray> PasskeyListModel::roleNames() const
{
    return {{NameRole, "name"_ba}, {MigratedRole, "migrated"_ba}, {AddedRole, "added"_ba}};
}

void PasskeyListModel::setKeys(const QList<Passkey> &keys)
{
    beginResetModel();
    m_keys = keys;
    endResetModel();
    Q_EMIT countChanged();
}

void PasskeyListModel::setAdded(const QMap<qint64, QDateTime> &added)
{
    if (added == m_added)
        return;
    m_added = added;
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {AddedRole});
}

QString PasskeyListModel::shownName(const Passkey &key)
{
    return key.name.isEmpty() ? tr("Unnamed key") : key.name;
}

} // namespace Sparekey
