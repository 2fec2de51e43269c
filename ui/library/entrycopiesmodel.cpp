// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entrycopiesmodel.h"

#include "ui/library/entrytexts.h"
#include "ui/messages/dates.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

int EntryCopiesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EntryCopiesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const LibraryCopy &copy = m_copies[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TextRole: return copyText(copy);
    case PlaceRole: return copy.place;
    case StateRole: return stateText(index.row());
    case VoidRole: return m_toDestroy.contains(index.row());
    case GoneRole: return copy.destroyed.isValid();
    default: return {};
    }
}

QString EntryCopiesModel::stateText(int row) const
{
    const LibraryCopy &copy = m_copies[row];
    if (copy.destroyed.isValid())
        return tr("Destroyed on %1").arg(shownDate(copy.destroyed));
    if (m_toDestroy.contains(row))
        return tr("Void: destroy it");
    if (copy.checked.isValid())
        return tr("Checked on %1").arg(shownDate(copy.checked));
    return {};
}

QHash<int, QByteArray> EntryCopiesModel::roleNames() const
{
    return {{TextRole, "text"_ba},
            {PlaceRole, "place"_ba},
            {StateRole, "stateText"_ba},
            {VoidRole, "isVoid"_ba},
            {GoneRole, "isGone"_ba}};
}

void EntryCopiesModel::setCopies(const LibraryEntry &entry)
{
    const int before = count();
    const int after = static_cast<int>(entry.copies.size());
    // A view reads the data of new rows at once.
    m_toDestroy = copiesToDestroy(entry);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_copies = entry.copies;
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_copies = entry.copies;
        endInsertRows();
    } else {
        m_copies = entry.copies;
    }
    if (const int kept = std::min(before, after); kept > 0)
        Q_EMIT dataChanged(index(0), index(kept - 1),
                           {TextRole, PlaceRole, StateRole, VoidRole, GoneRole});
    if (before != after)
        Q_EMIT changed();
}

} // namespace Sparekey
