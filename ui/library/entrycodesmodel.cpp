// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/entrycodesmodel.h"

#include "ui/messages/dates.h"

#include <QQmlEngine>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

EntryCodesModel::~EntryCodesModel() = default;

int EntryCodesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant EntryCodesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const LibraryCode &code = m_codes[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NumberRole: return u"%1"_s.arg(index.row() + 1, 2, 10, QChar(u'0'));
    case CodeRole: {
        auto &text = m_texts[static_cast<size_t>(index.row())];
        if (!text) {
            text = std::make_unique<SecretText>();
            QQmlEngine::setObjectOwnership(text.get(), QQmlEngine::CppOwnership);
            text->set(shownCode(index.row()));
        }
        return QVariant::fromValue(text.get());
    }
    case UsedRole: return code.state == CodeState::Used;
    case UnsureRole: return code.state == CodeState::Unsure;
    case StateRole:
        if (code.state == CodeState::Unsure)
            return tr("Maybe used");
        if (code.state != CodeState::Used)
            return QString();
        if (!code.usedOn.isValid())
            return tr("Used");
        return code.usedWhere.isEmpty()
            ? tr("Used on %1").arg(shownDate(code.usedOn))
            : tr("Used on %1, %2").arg(shownDate(code.usedOn), code.usedWhere);
    default: return {};
    }
}

QHash<int, QByteArray> EntryCodesModel::roleNames() const
{
    return {{NumberRole, "number"_ba},
            {CodeRole, "code"_ba},
            {UsedRole, "used"_ba},
            {UnsureRole, "unsure"_ba},
            {StateRole, "stateText"_ba}};
}

void EntryCodesModel::setCodes(const ServiceTemplate &service, const QList<LibraryCode> &codes)
{
    const bool sameCodes = service.id == m_service.id
        && std::ranges::equal(codes, m_codes, {}, &LibraryCode::value, &LibraryCode::value);
    if (sameCodes) {
        m_codes = codes;
        if (!codes.isEmpty())
            Q_EMIT dataChanged(index(0), index(count() - 1), {UsedRole, UnsureRole, StateRole});
        return;
    }
    beginResetModel();
    m_service = service;
    m_codes = codes;
    m_texts.clear();
    m_texts.resize(static_cast<size_t>(codes.size()));
    endResetModel();
    Q_EMIT changed();
}

void EntryCodesModel::clear()
{
    // The texts are wiped first: QML may still have them when the rows go.
    for (const auto &text : m_texts) {
        if (text)
            text->clear();
    }
    setCodes({}, {});
}

SecureBuffer EntryCodesModel::shownCode(int row) const
{
    if (row < 0 || row >= count())
        return {};
    return displayCode(m_service, m_codes[row].value.view());
}

} // namespace Sparekey
