// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/knownlibrariesmodel.h"

#include "core/files/datafile.h"
#include "ui/library/libraryfiles.h"
#include "ui/messages/dates.h"

#include <QCoroFuture>

#include <QFileInfo>
#include <QtConcurrent>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QSet<QString> missingOf(const QStringList &paths)
{
    QSet<QString> missing;
    for (const QString &path : paths) {
        if (!dataFileExists(path))
            missing.insert(path);
    }
    return missing;
}

} // namespace

KnownLibrariesModel::KnownLibrariesModel(const KnownLibraries &known, QObject *parent)
    : QAbstractListModel(parent)
    , m_known(known)
{
}

int KnownLibrariesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant KnownLibrariesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= count())
        return {};
    const QString &path = m_paths[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return QFileInfo(path).fileName();
    case FolderRole: return shownFolder(path);
    case OpenedRole: return openedText(path);
    case GoneRole: return m_gone.contains(path);
    default: return {};
    }
}

QHash<int, QByteArray> KnownLibrariesModel::roleNames() const
{
    return {{NameRole, "name"_ba},
            {FolderRole, "folder"_ba},
            {OpenedRole, "openedText"_ba},
            {GoneRole, "gone"_ba}};
}

QString KnownLibrariesModel::openedText(const QString &path) const
{
    const QDateTime opened = m_known.opened(path);
    return opened.isValid() ? tr("Opened %1").arg(shownDate(opened)) : QString();
}

void KnownLibrariesModel::update(const QString &chosen)
{
    QStringList paths = m_known.paths();
    paths.removeAll(chosen);
    if (paths != m_paths) {
        beginResetModel();
        m_paths = std::move(paths);
        endResetModel();
        Q_EMIT changed();
    }
    findMissing();
}

QCoro::Task<void> KnownLibrariesModel::findMissing()
{
    const auto ticket = m_looking.renew();
    QFuture<QSet<QString>> running = QtConcurrent::run(missingOf, m_paths);
    const QSet<QString> gone = co_await running;
    if (!ticket || gone == m_gone)
        co_return;
    m_gone = gone;
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {GoneRole});
}

} // namespace Sparekey
