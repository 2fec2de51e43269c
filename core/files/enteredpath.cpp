// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/files/enteredpath.h"

#include <QDir>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sparekey {

QString enteredPath(const QString &entered, const QString &folder)
{
    QString path = entered.trimmed();
    if (path.startsWith("file:"_L1))
        path = QUrl(path).toLocalFile();
    if (path.isEmpty())
        return {};
    if (path == "~"_L1 || path.startsWith("~/"_L1))
        path.replace(0, 1, QDir::homePath());
    return QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

} // namespace Sparekey
