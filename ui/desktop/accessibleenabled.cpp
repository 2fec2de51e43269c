// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/accessibleenabled.h"

#include <QAccessible>
#include <QAccessibleActionInterface>
#include <QQuickItem>
#include <QScopedValueRollback>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// The interface of Qt Quick for an item, corrected where the item is disabled. Relatives are found
// by their objects, so Qt gets these interfaces for them, too.
class AccessibleItem final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    // Qt's cache owns both interfaces and deletes them with the item, in any order.
    AccessibleItem(QQuickItem *item, QAccessibleInterface *original)
        : m_item(item)
        , m_original(original)
    {
        QObject::connect(item, &QQuickItem::enabledChanged, item, [item] {
            QAccessible::State changed;
            changed.disabled = true;
            changed.focusable = true;
            QAccessibleStateChangeEvent event(item, changed);
            QAccessible::updateAccessibility(&event);
        });
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = m_original->state();
        if (!m_item->isEnabled()) {
            state.disabled = true;
            state.focusable = false;
        }
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ActionInterface)
            return actions() ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
        return m_original->interface_cast(type);
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        return m_item->isEnabled() ? actions()->actionNames() : QStringList();
    }
    void doAction(const QString &name) override
    {
        if (m_item->isEnabled())
            actions()->doAction(name);
    }
    [[nodiscard]] QString localizedActionName(const QString &name) const override
    {
        return actions()->localizedActionName(name);
    }
    [[nodiscard]] QString localizedActionDescription(const QString &name) const override
    {
        return actions()->localizedActionDescription(name);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString &name) const override
    {
        return actions()->keyBindingsForAction(name);
    }

    // What stays as it is.
    [[nodiscard]] bool isValid() const override { return m_original->isValid(); }
    [[nodiscard]] QObject *object() const override { return m_original->object(); }
    [[nodiscard]] QWindow *window() const override { return m_original->window(); }
    [[nodiscard]] QList<QPair<QAccessibleInterface *, QAccessible::Relation>>
    relations(QAccessible::Relation match) const override
    {
        return m_original->relations(match);
    }
    [[nodiscard]] QAccessibleInterface *focusChild() const override
    {
        return m_original->focusChild();
    }
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override
    {
        return m_original->childAt(x, y);
    }
    [[nodiscard]] QAccessibleInterface *parent() const override { return m_original->parent(); }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        return m_original->child(index);
    }
    [[nodiscard]] int childCount() const override { return m_original->childCount(); }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        return m_original->indexOfChild(child);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return m_original->text(kind);
    }
    void setText(QAccessible::Text kind, const QString &text) override
    {
        m_original->setText(kind, text);
    }
    [[nodiscard]] QRect rect() const override { return m_original->rect(); }
    [[nodiscard]] QAccessible::Role role() const override { return m_original->role(); }
    [[nodiscard]] QColor foregroundColor() const override { return m_original->foregroundColor(); }
    [[nodiscard]] QColor backgroundColor() const override { return m_original->backgroundColor(); }
    void virtual_hook(int id, void *data) override { m_original->virtual_hook(id, data); }

private:
    [[nodiscard]] QAccessibleActionInterface *actions() const
    {
        return m_original->actionInterface();
    }

    QQuickItem *m_item;
    QAccessibleInterface *m_original;
};

// Qt asks each factory for each class of the object, from its own class up to QObject, and the
// newest factory first. The first question comes here before any of Qt Quick's answers.
QAccessibleInterface *accessibleItem(const QString &className, QObject *object)
{
    static bool asksForOriginal = false;
    auto *item = qobject_cast<QQuickItem *>(object);
    if (asksForOriginal || !item
        || className != QLatin1StringView(object->metaObject()->className()))
        return nullptr;
    const QScopedValueRollback<bool> guard(asksForOriginal, true);
    // None for items that are not in the accessible tree.
    QAccessibleInterface *original = QAccessible::queryAccessibleInterface(object);
    return original ? new AccessibleItem(item, original) : nullptr;
}

} // namespace

void installAccessibleEnabledState()
{
    QAccessible::installFactory(accessibleItem);
}

} // namespace Sparekey
