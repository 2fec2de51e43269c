// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/items/ondemand.h"

#include <QQmlEngine>

namespace Sparekey {

OnDemand::OnDemand(QQuickItem *parent)
    : QQuickItem(parent)
{
    // Hidden, so that it takes no space in a layout. A dialog or menu is shown in the overlay.
    setVisible(false);
}

QObject *OnDemand::load()
{
    if (m_object || !m_content)
        return m_object;
    m_object = m_content->beginCreate(m_content->creationContext());
    if (!m_object) {
        qWarning("%s", qPrintable(m_content->errorString()));
        return nullptr;
    }
    // Before `completeCreate`, because a popup looks for its parent item there.
    m_object->setParent(this);
    QQmlEngine::setObjectOwnership(m_object, QQmlEngine::CppOwnership);
    if (auto *item = qobject_cast<QQuickItem *>(m_object))
        adopt(item);
    m_content->completeCreate();
    followSize();
    return m_object;
}

void OnDemand::adopt(QQuickItem *item)
{
    m_item = item;
    item->setParentItem(this);
    connect(item, &QQuickItem::implicitWidthChanged, this, &OnDemand::followSize);
    connect(item, &QQuickItem::implicitHeightChanged, this, &OnDemand::followSize);
    setVisible(m_needed);
}

void OnDemand::followSize()
{
    if (!m_item)
        return;
    setImplicitSize(m_item->implicitWidth(), m_item->implicitHeight());
    if (isComponentComplete())
        m_item->setSize(size());
}

void OnDemand::geometryChange(const QRectF &to, const QRectF &from)
{
    QQuickItem::geometryChange(to, from);
    if (m_item)
        m_item->setSize(to.size());
}

void OnDemand::setContent(QQmlComponent *content)
{
    if (content == m_content)
        return;
    m_content = content;
    Q_EMIT contentChanged();
}

void OnDemand::setNeeded(bool needed)
{
    if (needed == m_needed)
        return;
    m_needed = needed;
    Q_EMIT neededChanged();
    if (needed && isComponentComplete())
        load();
    if (m_item)
        setVisible(needed);
}

void OnDemand::componentComplete()
{
    QQuickItem::componentComplete();
    if (m_needed)
        load();
}

} // namespace Sparekey
