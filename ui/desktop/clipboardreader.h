// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret/securebuffer.h"

#include <QCoroTask>

#include <QList>
#include <QUrl>

class QMimeData;

namespace Sparekey {

/// What is on the clipboard, or was dropped. Move-only.
struct ClipboardContent
{
    QList<QUrl> addresses = {};
    SecureBuffer text = {};    ///< UTF-8
    SecureBuffer picture = {}; ///< A PNG, JPEG, WebP or GIF file.
    /// The program that offers the content has not answered in time.
    bool timedOut = false;
};

/// Reads the clipboard when the user pastes. At most one of addresses, text and picture is there,
/// looked for in this order; none of more than `largest` bytes.
///
/// Qt waits on the GUI thread for the program that offers the content: on X11 five seconds for each
/// part of it. Any X client could hold up the lock in this way, so there the content is read on
/// another thread with a connection of its own (ICCCM, section 2). Elsewhere, and if this program
/// offers the content itself, Qt reads it. GUI thread.
[[nodiscard]] QCoro::Task<ClipboardContent> readClipboard(qsizetype largest);

/// The same of what was dropped.
[[nodiscard]] ClipboardContent contentOf(const QMimeData &data, qsizetype largest);

/// True if it has a format that `contentOf` reads. Does not fetch the content, so it may be called
/// before a drop.
[[nodiscard]] bool hasContent(const QMimeData &data);

} // namespace Sparekey
