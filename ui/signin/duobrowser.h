// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account/secondstep.h"

#include <QObject>

namespace Sparekey {

/// Opens Duo's page in the user's browser and reads its answer: the address that the browser shows
/// at the end, pasted by the user or taken from the clipboard. GUI thread.
class DuoBrowser : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The address from the server's challenge, and the web vault to which Duo redirects.
    void offer(const QString &authUrl, const QUrl &webVault);
    /// Forgets that the page was opened.
    void close() { m_opened = false; }

    /// The address leads to Duo; otherwise it is not opened.
    [[nodiscard]] bool isTrusted() const { return m_address.has_value(); }
    [[nodiscard]] QString authUrl() const { return m_authUrl; }
    [[nodiscard]] bool isOpened() const { return m_opened; }
    /// False if the address is not trusted or no browser could be opened.
    bool open();

    [[nodiscard]] DuoAnswer read(QStringView address) const;
    /// The answer to the current challenge; empty if the clipboard has none. After an answer,
    /// `answerPossible` is not emitted until the next `open`.
    [[nodiscard]] DuoAnswer takeFromClipboard();

Q_SIGNALS:
    /// The window is active after Duo was opened: the clipboard may have the answer.
    void answerPossible();

private:
    void checkClipboard();

    std::optional<QUrl> m_address;
    QString m_authUrl;
    QUrl m_webVault;
    bool m_opened = false;
    bool m_taken = false; ///< The answer was taken from the clipboard.
};

} // namespace Sparekey
