// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "managed.h"

using namespace Qt::StringLiterals;

namespace Sparekey {

bool Managed::start(const QList<int> &methods)
{
    m_serverRuns = m_serverRuns || m_test.startServer();
    if (!m_serverRuns || !m_test.open(u"token"_s))
        return false;
    QJsonObject on;
    for (const int method : methods)
        on.insert(QString::number(method), true);
    const bool good = m_test.server.editAccount(ManagedPage::role, {{u"providers"_s, on}})
        && m_test.reload();
    Q_EMIT pageChanged();
    return good;
}

bool Managed::manage(ProviderViewModel *provider)
{
    return m_test.manage(*provider);
}

QString Managed::touch(const QString &key)
{
    return m_test.server.touchYubiKey(key);
}

int Managed::asked(const QString &path)
{
    return static_cast<int>(m_test.server.requestedPaths().count(path));
}

} // namespace Sparekey
