// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/secondstep.h"

#include <QObject>

namespace Sparekey {

/// Duo's page in the user's browser, and the way back: its answer is the address that the browser
/// shows in the end, pasted by the user or taken from the clipboard. GUI thread.
class DuoBrowser : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The address from the server's challenge, and the web vault to which Duo leads back.
    void offer(const QString &authUrl, const QUrl &webVault);
    /// Forgets that it was opened.
    void close() { m_opened = false; }

    /// The address leads to Duo; otherwise it is not opened.
    [[nodiscard]] bool isTrusted() const { return m_address.has_value(); }
    [[nodiscard]] QString authUrl() const { return m_authUrl; }
    [[nodiscard]] bool isOpened() const { return m_opened; }
    /// False if there is no browser.
    bool open();

    [[nodiscard]] DuoAnswer read(QStringView address) const;
    /// The answer to this very question, once for each opening; else an empty one.
    [[nodiscard]] DuoAnswer takeFromClipboard();

Q_SIGNALS:
    /// Somebody is in our window after Duo was opened: the clipboard may have the answer.
    void answerPossible();

private:
    void look();

    std::optional<QUrl> m_address;
    QString m_authUrl;
    QUrl m_webVault;
    bool m_opened = false;
    bool m_taken = false; ///< from the clipboard
};

} // namespace Sparekey
