// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entryneedsmodel.h"

#include "ui/library/entrytexts.h"

#include <array>

namespace Sparekey {

namespace {

constexpr std::array allKinds{Need::Kind::Password,    Need::Kind::Email,  Need::Kind::Phone,
                              Need::Kind::SecurityKey, Need::Kind::Device, Need::Kind::Person,
                              Need::Kind::Other};

} // namespace

int EntryNeedsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EntryNeedsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Need &need = m_needs[index.row()];
    switch (role) {
    case KindRole: return static_cast<int>(need.kind);
    case NeedTextRole: return need.text;
    default: return {};
    }
}

QHash<int, QByteArray> EntryNeedsModel::roleNames() const
{
    return {{KindRole, "kind"}, {NeedTextRole, "needText"}};
}

QStringList EntryNeedsModel::kinds() const
{
    QStringList names;
    for (const Need::Kind kind : allKinds)
        names.append(needName(kind));
    return names;
}

void EntryNeedsModel::setNeeds(const QList<Need> &needs)
{
    beginResetModel();
    m_needs = needs;
    endResetModel();
    Q_EMIT countChanged();
}

QList<Need> EntryNeedsModel::needs() const
{
    QList<Need> entered;
    for (const Need &need : m_needs) {
        const QString text = need.text.simplified();
        if (!text.isEmpty())
            entered.append({need.kind, text});
    }
    return entered;
}

void EntryNeedsModel::add()
{
    beginInsertRows({}, count(), count());
    m_needs.append({.kind = Need::Kind::Password});
    endInsertRows();
    Q_EMIT countChanged();
}

void EntryNeedsModel::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    beginRemoveRows({}, row, row);
    m_needs.removeAt(row);
    endRemoveRows();
    Q_EMIT countChanged();
}

void EntryNeedsModel::setKind(int row, int kind)
{
    if (row < 0 || row >= count() || kind < 0 || kind >= static_cast<int>(allKinds.size()))
        return;
    m_needs[row].kind = allKinds.at(static_cast<std::size_t>(kind));
    Q_EMIT dataChanged(index(row), index(row), {KindRole});
}

void EntryNeedsModel::setText(int row, const QString &text)
{
    // The field shows the text already; a signal would move its cursor.
    if (row >= 0 && row < count())
        m_needs[row].text = text;
}

} // namespace Sparekey
