// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/printing/printservice.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// The printers that CUPS offers, the default one first.
class PrinterListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by SheetViewModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1, ///< string: the queue's name
        TitleRole,                   ///< string: the description shown to users
        ConnectionTextRole,          ///< string: "Cable", "Network", …
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return static_cast<int>(m_printers.size()); }
    void setPrinters(const QList<Printer> &printers);
    /// Null if there is no such row.
    [[nodiscard]] const Printer *at(int row) const;
    /// Why the printer in this row is less safe than one on a cable; empty if it is on a cable.
    [[nodiscard]] QString warningText(int row) const;

Q_SIGNALS:
    void countChanged();

private:
    QList<Printer> m_printers;
};

} // namespace Sparekey
