// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "ui/timing/countdown.h"

#include <QMimeData>
#include <QObject>
#include <QPointer>

namespace Sparekey {

/// Stops `QClipboard::dataChanged` for the whole program. Each text field of Qt Quick would
/// otherwise ask for the content whenever another program takes the clipboard, and wait five
/// seconds or more for one that does not answer: any X client could hold up the lock. GUI thread;
/// needs a QGuiApplication.
void ignoreForeignClipboardChanges();

/// A secret on the clipboard for 30 seconds. It is marked so that clipboard histories leave it
/// out, and removed only while the clipboard is still ours: what was copied since stays. Never
/// waits for another program. GUI thread.
class TimedClipboard : public QObject
{
    Q_OBJECT

public:
    explicit TimedClipboard(QObject *parent = nullptr);
    /// Removes the secret at once.
    ~TimedClipboard() override;

    void copy(const SecureBuffer &text);
    void clear();
    /// Until the secret is removed; 0 if there is none of ours.
    [[nodiscard]] int secondsLeft() const { return m_countdown.seconds(); }

Q_SIGNALS:
    void secondsLeftChanged();

private:
    Countdown m_countdown;
    QPointer<QMimeData> m_data; ///< What we put there; the clipboard owns it.
};

} // namespace Sparekey
