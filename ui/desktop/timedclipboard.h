// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "ui/timing/countdown.h"

#include <QMimeData>
#include <QObject>
#include <QPointer>

namespace Sparekey {

/// Blocks `QClipboard::dataChanged` for the whole program. Otherwise each text field of Qt Quick
/// requests the content whenever another program takes the clipboard, and blocks for five seconds
/// or more if that program does not answer: any X client could delay the lock. GUI thread; needs a
/// QGuiApplication.
void ignoreForeignClipboardChanges();

/// Puts a secret on the clipboard for 30 seconds. The secret is marked so that clipboard managers
/// do not store it. It is removed only while this program still owns the clipboard, so that later
/// copies stay. Never waits for another program. GUI thread.
class TimedClipboard : public QObject
{
    Q_OBJECT

public:
    explicit TimedClipboard(QObject *parent = nullptr);
    /// Removes the secret at once.
    ~TimedClipboard() override;

    void copy(const SecureBuffer &text);
    void clear();
    /// Seconds until the secret is removed; 0 if there is none.
    [[nodiscard]] int secondsLeft() const { return m_countdown.seconds(); }

Q_SIGNALS:
    void secondsLeftChanged();

private:
    Countdown m_countdown;
    QPointer<QMimeData> m_data; ///< The copied data; owned by the clipboard.
};

} // namespace Sparekey
