// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"
#include "ui/timing/countdown.h"

#include <QByteArray>
#include <QObject>

namespace Sparekey {

/// A secret on the clipboard for 30 seconds. It is marked so that clipboard histories leave it
/// out, and removed only if it is still there: what the user copied since stays. GUI thread.
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
    QByteArray m_hash; ///< SHA-256 of what we put there
};

} // namespace Sparekey
