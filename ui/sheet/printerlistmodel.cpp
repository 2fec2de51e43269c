// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/printerlistmodel.h"

namespace Sparekey {

namespace {

QString connectionText(PrinterConnection connection)
{
    switch (connection) {
    case PrinterConnection::Cable: return PrinterListModel::tr("Cable");
    case PrinterConnection::Network: return PrinterListModel::tr("Network");
    case PrinterConnection::File: return PrinterListModel::tr("Writes a file");
    case PrinterConnection::Unknown: return PrinterListModel::tr("Unknown connection");
    }
    Q_UNREACHABLE();
}

} // namespace

int PrinterListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PrinterListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Printer &printer = m_printers[index.row()];
    switch (role) {
    case NameRole: return printer.name;
    case Qt::DisplayRole:
    case TitleRole: return printer.description;
    case ConnectionTextRole: return connectionText(printer.connection);
    default: return {};
    }
}

QHash<int, QByteArray> PrinterListModel::roleNames() const
{
    return {
        {NameRole, "name"},
        {TitleRole, "title"},
        {ConnectionTextRole, "connectionText"},
    };
}

void PrinterListModel::setPrinters(const QList<Printer> &printers)
{
    beginResetModel();
    m_printers = printers;
    endResetModel();
    Q_EMIT countChanged();
}

const Printer *PrinterListModel::at(int row) const
{
    return row >= 0 && row < count() ? &m_printers[row] : nullptr;
}

QString PrinterListModel::warningText(int row) const
{
    const Printer *printer = at(row);
    if (!printer)
        return {};
    switch (printer->connection) {
    case PrinterConnection::Cable: return {};
    case PrinterConnection::Network:
        return tr("Network printers may keep a copy. A cable is safer.");
    case PrinterConnection::File:
        return tr("This printer saves a file. Anyone who opens it sees what is on the sheet.");
    case PrinterConnection::Unknown:
        return tr(
            "The connection of this printer is unknown. It may keep a copy. A cable is safer.");
    }
    Q_UNREACHABLE();
}

} // namespace Sparekey
