// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/codedroparea.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// Only the names of the formats: the content is not fetched before it is dropped.
bool mayHoldCodes(const QMimeData &data)
{
    return data.hasFormat(u"text/uri-list"_s) || data.hasFormat(u"text/plain"_s)
        || data.hasFormat(u"image/png"_s) || data.hasFormat(u"image/jpeg"_s);
}

} // namespace

CodeDropArea::CodeDropArea(QQuickItem *parent)
    : QQuickItem(parent)
{
    setFlag(ItemAcceptsDrops);
}

void CodeDropArea::setHovered(bool hovered)
{
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    Q_EMIT hoveredChanged();
}

void CodeDropArea::dragEnterEvent(QDragEnterEvent *event)
{
    const bool takes = m_viewModel && m_viewModel->takesDrops() && mayHoldCodes(*event->mimeData());
    // The source must not delete what it gives.
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(takes);
    setHovered(takes);
}

void CodeDropArea::dragMoveEvent(QDragMoveEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(m_hovered);
}

void CodeDropArea::dragLeaveEvent(QDragLeaveEvent * /*event*/)
{
    setHovered(false);
}

void CodeDropArea::dropEvent(QDropEvent *event)
{
    event->setDropAction(Qt::CopyAction);
    event->setAccepted(m_viewModel && m_viewModel->takesDrops());
    setHovered(false);
    if (event->isAccepted())
        m_viewModel->takeDropped(*event->mimeData());
}

} // namespace Sparekey
