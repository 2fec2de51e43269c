// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/librarylistmodel.h"

#include "core/text/characters.h"
#include "ui/library/entrytexts.h"
#include "ui/library/searchtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sparekey {

LibraryListModel::LibraryListModel(const Library &library, QObject *parent)
    : QAbstractListModel(parent)
    , m_library(library)
{
    connect(&library, &Library::entriesChanged, this, &LibraryListModel::update);
    connect(&library, &Library::stateChanged, this, &LibraryListModel::update);
    update();
}

int LibraryListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LibraryListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const Line &line = m_lines[m_rows[index.row()]];
    switch (role) {
    case IdRole: return line.id;
    case Qt::DisplayRole:
    case TitleRole: return line.title;
    case AccountRole: return line.account;
    case LetterRole: return firstCharacters(line.title, 1).toString().toUpper();
    case LeftRole: return line.left;
    case NoteRole: return line.note;
    case ToneRole: return QVariant::fromValue(line.tone);
    default: return {};
    }
}

QHash<int, QByteArray> LibraryListModel::roleNames() const
{
    return {{IdRole, "id"_ba},         {TitleRole, "title"_ba},   {AccountRole, "account"_ba},
            {LetterRole, "letter"_ba}, {LeftRole, "leftText"_ba}, {NoteRole, "note"_ba},
            {ToneRole, "tone"_ba}};
}

void LibraryListModel::setSearch(const QString &search)
{
    if (search == m_search)
        return;
    m_search = search;
    choose();
}

void LibraryListModel::setFilter(Filter filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    choose();
}

void LibraryListModel::setOrder(Order order)
{
    if (order == m_order)
        return;
    m_order = order;
    choose();
}

QString LibraryListModel::countText() const
{
    return count() == total() ? tr("%n entries", nullptr, total())
                              : tr("%1 of %n entries", nullptr, total()).arg(count());
}

LibraryListModel::Tone LibraryListModel::toneOf(const LibraryEntry &entry,
                                                const QList<EntryCondition> &due)
{
    if (due.contains(EntryCondition::AllUsed) || due.contains(EntryCondition::NoCodes))
        return Tone::Bad;
    if (due.contains(EntryCondition::Low) || due.contains(EntryCondition::NeverPrinted)
        || due.contains(EntryCondition::CheckDue) || due.contains(EntryCondition::ReviewDue)
        || !copiesToDestroy(entry).isEmpty())
        return Tone::Caution;
    return Tone::Good;
}

QUuid LibraryListModel::idAt(int row) const
{
    return row >= 0 && row < count() ? m_lines[m_rows[row]].id : QUuid();
}

void LibraryListModel::update()
{
    m_lines.clear();
    if (m_library.state() == Library::State::Open) {
        const QDate today = QDate::currentDate();
        for (const LibraryEntry &entry : m_library.entries())
            m_lines.append(lineOf(entry, today));
    } else {
        m_search.clear();
        m_filter = Filter::All;
    }
    choose();
}

LibraryListModel::Line LibraryListModel::lineOf(const LibraryEntry &entry, QDate today)
{
    const CodeSet *set = entry.current();
    Line line;
    line.id = entry.id;
    line.title = shownTitle(entry);
    line.account = entry.account;
    line.left = codesLeftText(entry);
    line.conditions = Sparekey::conditions(entry, today);
    line.isVoid = !copiesToDestroy(entry).isEmpty();
    line.note = conditionText(entry, line.conditions);
    line.tone = toneOf(entry, line.conditions);
    line.codesLeft = set ? set->unused() : 0;
    line.changed = entry.changed;
    line.key = foldedForSearch(line.title + u'\n' + line.account);
    line.found = line.key + u'\n'
        + foldedForSearch(QStringList{serviceName(serviceOf(entry)), entry.signInAddress,
                                      entry.recoveryAddress, entry.notes, entry.tags.join(u'\n')}
                              .join(u'\n'));
    return line;
}

bool LibraryListModel::isShown(const Line &line, const QStringList &words) const
{
    const auto is = [&line](EntryCondition condition) {
        return line.conditions.contains(condition);
    };
    switch (m_filter) {
    case Filter::All: break;
    case Filter::Low:
        if (!is(EntryCondition::Low) && !is(EntryCondition::AllUsed)
            && !is(EntryCondition::NoCodes))
            return false;
        break;
    case Filter::Void:
        if (!line.isVoid)
            return false;
        break;
    case Filter::NeverPrinted:
        if (!is(EntryCondition::NeverPrinted))
            return false;
        break;
    case Filter::CheckDue:
        if (!is(EntryCondition::CheckDue) && !is(EntryCondition::ReviewDue))
            return false;
        break;
    }
    return std::all_of(words.begin(), words.end(),
                       [&line](const QString &word) { return line.found.contains(word); });
}

void LibraryListModel::choose()
{
    const QStringList words = foldedForSearch(m_search).split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_rows.clear();
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        if (isShown(m_lines[i], words))
            m_rows.append(i);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [this](qsizetype a, qsizetype b) {
        const Line &first = m_lines[a];
        const Line &second = m_lines[b];
        if (m_order == Order::FewestLeft && first.codesLeft != second.codesLeft)
            return first.codesLeft < second.codesLeft;
        if (m_order == Order::LatestChange && first.changed != second.changed)
            return first.changed > second.changed;
        return first.key < second.key;
    });
    endResetModel();
    Q_EMIT changed();
}

} // namespace Sparekey
