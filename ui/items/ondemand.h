// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>
#include <QQmlComponent>
#include <QQuickItem>

namespace Sparekey {

/// A dialog, a menu or a part of a page that is made when it is first needed, and stays from then
/// on. Most starts never need it, and each costs time and memory. A part of a page fills this item,
/// gives it its size, and is seen while it is needed; until then, and for a dialog, this item takes
/// no room.
///
/// The content is a bound component, which Qt 6.4's Loader refuses to make. GUI thread.
class OnDemand : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQmlComponent *content READ content WRITE setContent NOTIFY contentChanged FINAL)
    /// For what is shown by the state of a view-model: makes it; a part of a page also hides when
    /// it is needed no more.
    Q_PROPERTY(bool needed READ isNeeded WRITE setNeeded NOTIFY neededChanged FINAL)
    Q_CLASSINFO("DefaultProperty", "content")

public:
    explicit OnDemand(QQuickItem *parent = nullptr);

    /// The content, made now if it was not before. Null only if it cannot be made.
    Q_INVOKABLE QObject *now();

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
    void takeIn(QQuickItem *item);
    void followSize();

    QPointer<QQmlComponent> m_content;
    QPointer<QObject> m_object;
    QPointer<QQuickItem> m_item;
    bool m_needed = false;
};

} // namespace Sparekey
