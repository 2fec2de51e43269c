// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/library/libraryentry.h"
#include "core/servicecatalog/servicecatalog.h"
#include "ui/secret/secrettext.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace Sparekey {

/// The codes of one set, each with its number and state. A code becomes a `SecretText` when its row
/// is made. GUI thread.
class EntryCodesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by LibraryEntryViewModel")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)

public:
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< string: "03"
        CodeRole,                      ///< SecretText
        UsedRole,                      ///< bool
        UnsureRole,                    ///< bool
        StateRole,                     ///< string: "Used on 30 November 2026"
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;
    ~EntryCodesModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_codes.size()); }

    /// Keeps the rows if only states have changed, so that the keyboard focus stays.
    void setCodes(const ServiceTemplate &service, const QList<LibraryCode> &codes);
    /// Wipes the codes.
    void clear();
    /// The code of a row as the service shows it; empty if there is no such row.
    [[nodiscard]] SecureBuffer shownCode(int row) const;

Q_SIGNALS:
    void changed();

private:
    ServiceTemplate m_service;
    QList<LibraryCode> m_codes;
    mutable std::vector<std::unique_ptr<SecretText>> m_texts; ///< By row; null until asked for.
};

} // namespace Sparekey
