// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/foundcodesmodel.h"

#include <QQmlEngine>
#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

FoundCodesModel::~FoundCodesModel() = default;

int FoundCodesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FoundCodesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NumberRole: return u"%1"_s.arg(index.row() + 1, 2, 10, QChar(u'0'));
    case CodeRole: return QVariant::fromValue(row.text.get());
    case ChosenRole: return row.chosen;
    case UnsureRole: return row.code.unsure || row.code.used;
    case UsedRole: return row.used;
    case FitsRole: return row.code.fits;
    default: return {};
    }
}

QHash<int, QByteArray> FoundCodesModel::roleNames() const
{
    return {{NumberRole, "number"_ba}, {CodeRole, "code"_ba}, {ChosenRole, "chosen"_ba},
            {UnsureRole, "unsure"_ba}, {UsedRole, "used"_ba}, {FitsRole, "fits"_ba}};
}

int FoundCodesModel::chosenCount() const
{
    return static_cast<int>(std::ranges::count(m_rows, true, &Row::chosen));
}

FoundCodesModel::Row FoundCodesModel::rowOf(const FoundCode &code) const
{
    Row row{.code = code, .text = std::make_unique<SecretText>()};
    QQmlEngine::setObjectOwnership(row.text.get(), QQmlEngine::CppOwnership);
    row.text->set(displayCode(m_service, code.value.view()));
    row.used = code.unsure || code.used;
    return row;
}

void FoundCodesModel::setCodes(const ServiceTemplate &service, const QList<FoundCode> &codes)
{
    beginResetModel();
    m_service = service;
    m_rows.clear();
    for (const FoundCode &code : codes)
        m_rows.push_back(rowOf(code));
    endResetModel();
    Q_EMIT changed();
}

void FoundCodesModel::append(const FoundCode &code)
{
    beginInsertRows({}, count(), count());
    m_rows.push_back(rowOf(code));
    endInsertRows();
    Q_EMIT changed();
}

void FoundCodesModel::clear()
{
    // The texts are wiped first: QML may still have them when the rows go.
    for (const Row &row : m_rows)
        row.text->clear();
    setCodes({}, {});
}

void FoundCodesModel::setChosen(int row, bool chosen)
{
    if (row < 0 || row >= count())
        return;
    m_rows[static_cast<size_t>(row)].chosen = chosen;
    tell(row, ChosenRole);
}

void FoundCodesModel::setUsed(int row, bool used)
{
    if (row < 0 || row >= count())
        return;
    m_rows[static_cast<size_t>(row)].used = used;
    tell(row, UsedRole);
}

bool FoundCodesModel::contains(const SecretBytes &value) const
{
    return std::ranges::any_of(m_rows,
                               [&value](const Row &row) { return row.code.value == value; });
}

QList<LibraryCode> FoundCodesModel::chosenCodes() const
{
    QList<LibraryCode> codes;
    for (const Row &row : m_rows) {
        if (row.chosen) {
            codes.append(
                {.value = row.code.value, .state = row.used ? CodeState::Used : CodeState::Unused});
            if (row.used && row.code.usedOn.isValid())
                codes.last().usedOn = row.code.usedOn.startOfDay(QTimeZone::utc());
        }
    }
    return codes;
}

QList<FoundCode> FoundCodesModel::codes() const
{
    QList<FoundCode> codes;
    for (const Row &row : m_rows)
        codes.append(row.code);
    return codes;
}

void FoundCodesModel::tell(int row, int role)
{
    Q_EMIT dataChanged(index(row), index(row), {role});
    Q_EMIT changed();
}

} // namespace Sparekey
