// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The copies of an entry's codes outside the library, in the order of the entry. GUI thread.
class EntryCopiesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryEntryViewModel")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)

public:
    enum Role {
        TextRole = Qt::UserRole + 1, ///< string: what it is, and when it was made
        PlaceRole,                   ///< string, may be empty
        StateRole,                   ///< string: "Checked on 30 November 2026", may be empty
        VoidRole,                    ///< bool: its codes are void, and it still exists
        GoneRole,                    ///< bool: it was destroyed
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_copies.size()); }

    /// Keeps the rows of copies that were there before, so that the keyboard focus stays.
    void setCopies(const LibraryEntry &entry);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString stateText(int row) const;

    QList<LibraryCopy> m_copies;
    QList<qsizetype> m_toDestroy;
};

} // namespace Sparekey
