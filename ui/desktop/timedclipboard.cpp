// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/timedclipboard.h"

#include <QClipboard>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QByteArray hashOf(QByteArrayView text)
{
    return QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha256);
}

} // namespace

TimedClipboard::TimedClipboard(QObject *parent)
    : QObject(parent)
{
    connect(&m_countdown, &Countdown::secondsChanged, this, &TimedClipboard::secondsLeftChanged);
    connect(&m_countdown, &Countdown::finished, this, &TimedClipboard::clear);
}

TimedClipboard::~TimedClipboard()
{
    clear();
}

void TimedClipboard::copy(const SecureBuffer &text)
{
    // The clipboard belongs to other programs as well; a copy in ordinary memory is its nature.
    auto *data = new QMimeData;
    data->setText(QString::fromUtf8(text.view()));
    // Read by Klipper, CopyQ, KeePassXC and others: keep it out of the history.
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    QGuiApplication::clipboard()->setMimeData(data);
    m_hash = hashOf(text.view());
    m_countdown.start(std::chrono::seconds(30));
}

void TimedClipboard::clear()
{
    m_countdown.stop();
    if (m_hash.isEmpty())
        return;
    auto *clipboard = QGuiApplication::clipboard();
    QString now = clipboard ? clipboard->text() : QString();
    QByteArray bytes = now.toUtf8();
    if (clipboard && hashOf(bytes) == m_hash)
        clipboard->clear();
    wipe(now);
    wipe(bytes);
    m_hash.clear();
}

} // namespace Sparekey
