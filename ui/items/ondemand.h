// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>
#include <QQmlComponent>
#include <QQuickItem>

namespace Sparekey {

/// Creates a dialog, a menu or a part of a page when it is first needed, and keeps it. Most runs
/// never need it, and creating it costs time and memory. A part of a page determines the size of
/// this item, fills it, and is visible while it is needed. Before that, and for a dialog, this item
/// takes no space.
///
/// Used instead of Loader, because Qt 6.4's Loader cannot create bound components. GUI thread.
class OnDemand : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQmlComponent *content READ content WRITE setContent NOTIFY contentChanged FINAL)
    /// For content that depends on the state of a view-model: true creates it. A part of a page is
    /// visible only while this is true.
    Q_PROPERTY(bool needed READ isNeeded WRITE setNeeded NOTIFY neededChanged FINAL)
    Q_CLASSINFO("DefaultProperty", "content")

public:
    explicit OnDemand(QQuickItem *parent = nullptr);

    /// Returns the content; creates it first if necessary. Null if it cannot be created.
    Q_INVOKABLE QObject *load();

    [[nodiscard]] QQmlComponent *content() const { return m_content; }
    void setContent(QQmlComponent *content);
    [[nodiscard]] bool isNeeded() const { return m_needed; }
    void setNeeded(bool needed);

Q_SIGNALS:
    void contentChanged();
    void neededChanged();

protected:
    void componentComplete() override;
    void geometryChange(const QRectF &to, const QRectF &from) override;

private:
    void adopt(QQuickItem *item);
    void followSize();

    QPointer<QQmlComponent> m_content;
    QPointer<QObject> m_object;
    QPointer<QQuickItem> m_item;
    bool m_needed = false;
};

} // namespace Sparekey
