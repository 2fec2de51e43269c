// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"

#include <QAbstractListModel>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// What is needed to use the codes of an entry, while it is edited. Rows are edited one by one;
/// nothing is saved before `LibraryEntryViewModel::saveDetails`. GUI thread.
class EntryNeedsModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryEntryViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    /// The names of all kinds, in the order of `Need::Kind`.
    Q_PROPERTY(QStringList kinds READ kinds CONSTANT FINAL)

public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int: `Need::Kind`
        NeedTextRole,                ///< string: where or which one, as entered
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_needs.size()); }
    [[nodiscard]] QStringList kinds() const;

    void setNeeds(const QList<Need> &needs);
    /// Without the rows whose text is empty.
    [[nodiscard]] QList<Need> needs() const;

    /// Adds an empty row for a password.
    Q_INVOKABLE void add();
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void setKind(int row, int kind);
    Q_INVOKABLE void setText(int row, const QString &text);

Q_SIGNALS:
    void countChanged();

private:
    QList<Need> m_needs;
};

} // namespace Sparekey
