// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/keyinfo.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The sign-ins that are stored on a key, sorted by site.
class KeyEntryListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by KeyEntriesViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        SiteRole = Qt::UserRole + 1, ///< string: the site's domain
        UserRole,                    ///< string: whose sign-in it is, never empty
    };
    Q_ENUM(Role)

    explicit KeyEntryListModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }
    [[nodiscard]] const QList<DiscoverableCredential> &entries() const { return m_entries; }
    void setEntries(QList<DiscoverableCredential> entries);

    /// Whose sign-in it is.
    [[nodiscard]] static QString userOf(const DiscoverableCredential &entry);

Q_SIGNALS:
    void countChanged();

private:
    QList<DiscoverableCredential> m_entries;
};

} // namespace Sparekey
