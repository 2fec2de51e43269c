// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/knownlibraries.h"
#include "core/task/taskguard.h"

#include <QAbstractListModel>
#include <QCoroTask>
#include <QSet>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The libraries that this computer knows, the one that was opened last first, without the one that
/// is chosen. GUI thread; a thread of the pool looks whether the files are there.
class KnownLibrariesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryViewModel")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< string: "recovery-codes.kdbx"
        FolderRole,                  ///< string: "~/Documents"
        OpenedRole,                  ///< string: "Opened 30 November 2026", may be empty
        GoneRole,                    ///< bool: the file is not there
    };

    /// `known` must outlive this object.
    explicit KnownLibrariesModel(const KnownLibraries &known, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_paths.size()); }

    /// Reads the list again, without `chosen`.
    void update(const QString &chosen);
    /// Empty if there is no such row.
    [[nodiscard]] QString pathAt(int row) const { return m_paths.value(row); }
    /// "Opened 30 November 2026"; empty if that is not known.
    [[nodiscard]] QString openedText(const QString &path) const;

Q_SIGNALS:
    void changed();

private:
    QCoro::Task<void> findMissing();

    const KnownLibraries &m_known;
    QStringList m_paths;
    QSet<QString> m_gone;
    TaskGuard m_looking;
};

} // namespace Sparekey
