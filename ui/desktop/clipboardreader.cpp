// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/clipboardreader.h"

#include "ui/desktop/xclipboard.h"

#include <QCoroFuture>

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QtConcurrentRun>

#include <algorithm>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QStringList pictureFormats()
{
    return {u"image/png"_s, u"image/jpeg"_s, u"image/webp"_s, u"image/gif"_s};
}

} // namespace

bool hasContent(const QMimeData &data)
{
    return data.hasUrls() || data.hasText()
        || std::ranges::any_of(pictureFormats(),
                               [&data](const QString &format) { return data.hasFormat(format); });
}

ClipboardContent contentOf(const QMimeData &data, qsizetype largest)
{
    ClipboardContent content;
    if (data.hasUrls())
        content.addresses = data.urls();
    if (!content.addresses.isEmpty())
        return content;
    // A text before a picture: some programs offer a picture of it as well.
    QString text = data.text();
    if (!text.trimmed().isEmpty() && text.size() <= largest)
        content.text = SecureBuffer::fromText(text);
    wipe(text);
    if (!content.text.isEmpty())
        return content;
    const QStringList formats = pictureFormats();
    for (const QString &format : formats) {
        if (!data.hasFormat(format))
            continue;
        QByteArray bytes = data.data(format);
        if (!bytes.isEmpty() && bytes.size() <= largest)
            content.picture = SecureBuffer::copyOf(bytes);
        wipe(bytes);
        if (!content.picture.isEmpty())
            return content;
    }
    return content;
}

QCoro::Task<ClipboardContent> readClipboard(qsizetype largest)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (QGuiApplication::platformName() != "xcb"_L1 || clipboard->ownsClipboard()) {
        const QMimeData *data = clipboard->mimeData();
        ClipboardContent content;
        if (data)
            content = contentOf(*data, largest);
        co_return content;
    }
    const auto content = std::make_shared<ClipboardContent>();
    QFuture<void> reading = QtConcurrent::run(
        [content, largest] { *content = readXClipboard(largest); });
    co_await reading;
    co_return std::move(*content);
}

} // namespace Sparekey
