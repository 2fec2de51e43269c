// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/duobrowser.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMimeData>

namespace Sparekey {

void DuoBrowser::offer(const QString &authUrl, const QUrl &webVault)
{
    m_authUrl = authUrl;
    m_address = duoAddress(authUrl);
    m_webVault = webVault;
    m_opened = false;
}

bool DuoBrowser::open()
{
    m_opened = m_address && QDesktopServices::openUrl(*m_address);
    m_taken = false;
    if (m_opened) {
        connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this,
                &DuoBrowser::checkClipboard, Qt::UniqueConnection);
        connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
                &DuoBrowser::checkClipboard, Qt::UniqueConnection);
    }
    return m_opened;
}

DuoAnswer DuoBrowser::read(QStringView address) const
{
    return duoAnswer(address, m_webVault, m_address ? duoState(*m_address) : QString());
}

void DuoBrowser::checkClipboard()
{
    if (m_opened && !m_taken && QGuiApplication::applicationState() == Qt::ApplicationActive)
        Q_EMIT answerPossible();
}

DuoAnswer DuoBrowser::takeFromClipboard()
{
    // Without a `state` to compare, any similar address could pass for the answer.
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    if (!m_address || duoState(*m_address).isEmpty() || !data || !data->hasText())
        return {};
    auto answer = read(data->text());
    if (answer.token.isEmpty())
        return {};
    m_taken = true;
    return answer;
}

} // namespace Sparekey
