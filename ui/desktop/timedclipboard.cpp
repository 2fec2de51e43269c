// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/timedclipboard.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace Sparekey {

void ignoreForeignClipboardChanges()
{
    QGuiApplication::clipboard()->blockSignals(true);
}

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
    // Other programs must be able to read the clipboard, so this copy is in ordinary memory.
    auto *data = new QMimeData;
    data->setText(QString::fromUtf8(text.view()));
    // Tells Klipper, CopyQ, KeePassXC and others to keep it out of their history.
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    QGuiApplication::clipboard()->setMimeData(data);
    m_data = data;
    m_countdown.start(std::chrono::seconds(30));
}

void TimedClipboard::clear()
{
    m_countdown.stop();
    auto *clipboard = QGuiApplication::clipboard();
    // Qt returns this object as long as this program owns the clipboard. Only the object is
    // compared: to read the content, Qt would wait for the program that owns the clipboard.
    if (clipboard && m_data && clipboard->mimeData() == m_data)
        clipboard->clear();
    m_data = nullptr;
}

} // namespace Sparekey
