// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/library/codedroparea.h"

#include "ui/desktop/clipboardreader.h"

#include <QMimeData>

namespace Sparekey {

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
    const bool takes = m_viewModel && m_viewModel->takesDrops() && hasContent(*event->mimeData());
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
