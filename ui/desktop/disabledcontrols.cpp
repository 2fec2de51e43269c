// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/disabledcontrols.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QQuickItem>
#include <QQuickWindow>
#include <QVariant>
#include <QDebug>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

// What QML attaches to an item by `Accessible.…`; null if it attaches nothing.
QObject *attachedTo(const QQuickItem *item)
{
    for (QObject *child : item->children()) {
        if (std::strcmp(child->metaObject()->className(), "QQuickAccessibleAttached") == 0)
            return child;
    }
    return nullptr;
}

bool isControl(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::SpinBox:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::Link:
    case QAccessible::EditableText: return true;
    default: return false;
    }
}

QAccessible::Role roleOf(const QObject *attached)
{
    return attached->property("role").value<QAccessible::Role>();
}

/// A control that can be read and not used.
class DisabledControl : public QAccessibleObject
{
public:
    explicit DisabledControl(QQuickItem *item)
        : QAccessibleObject(item)
    {
    }

    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        const QQuickWindow *window = item()->window();
        for (QQuickItem *above = item()->parentItem(); above; above = above->parentItem()) {
            if (window && above == window->contentItem())
                break;
            const QObject *attached = attachedTo(above);
            if (attached && !attached->property("ignored").toBool())
                return QAccessible::queryAccessibleInterface(above);
        }
        return QAccessible::queryAccessibleInterface(item()->window());
    }
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QWindow *window() const override { return item()->window(); }

    [[nodiscard]] QString text(QAccessible::Text text) const override
    {
        const QObject *attached = attachedTo(item());
        if (!attached)
            return {};
        switch (text) {
        case QAccessible::Name: return attached->property("name").toString();
        case QAccessible::Description: return attached->property("description").toString();
        default: return {};
        }
    }

    [[nodiscard]] QAccessible::Role role() const override
    {
        const QObject *attached = attachedTo(item());
        return attached ? roleOf(attached) : QAccessible::NoRole;
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.disabled = true;
        const QQuickWindow *window = item()->window();
        if (!window || !window->isVisible() || !item()->isVisible()
            || qFuzzyIsNull(item()->opacity()) || rect().isEmpty())
            state.invisible = true;
        else if (!window->geometry().intersects(rect()))
            state.offscreen = true;
        if (const QObject *attached = attachedTo(item())) {
            state.checkable = attached->property("checkable").toBool();
            state.checked = attached->property("checked").toBool()
                || (state.checkable && item()->property("checked").toBool());
            state.selected = attached->property("selected").toBool();
        }
        return state;
    }

    [[nodiscard]] QRect rect() const override
    {
        if (!item()->window())
            return {};
        const QRect inScene = item()->mapRectToScene(item()->boundingRect()).toAlignedRect();
        return {item()->window()->mapToGlobal(inScene.topLeft()), inScene.size()};
    }

private:
    [[nodiscard]] QQuickItem *item() const { return static_cast<QQuickItem *>(object()); }
};

/// Which of the two interfaces an item has is decided when it is asked for; another one is made
/// once the item was enabled or disabled.
void replaceWhenChanged(QQuickItem *item)
{
    constexpr auto mark = "_sparekey_tellsDisabled";
    if (item->property(mark).toBool())
        return;
    item->setProperty(mark, true);
    QObject::connect(item, &QQuickItem::enabledChanged, item, [item] {
        QAccessibleInterface *old = QAccessible::queryAccessibleInterface(item);
        if (!old)
            return;
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(old));
        QAccessible::State changed;
        changed.disabled = true;
        changed.focusable = true;
        QAccessibleStateChangeEvent event(item, changed);
        QAccessible::updateAccessibility(&event);
    });
}

// Called for the class of the object first, and before the factory of Qt Quick.
QAccessibleInterface *disabledControl(const QString &, QObject *object)
{
    auto *item = qobject_cast<QQuickItem *>(object);
    const QObject *attached = item ? attachedTo(item) : nullptr;
    qWarning() << object << attached << (attached ? attached->property("role") : QVariant());
    if (!attached || !isControl(roleOf(attached)))
        return nullptr;
    replaceWhenChanged(item);
    return item->isEnabled() ? nullptr : new DisabledControl(item);
}

} // namespace

void tellDisabledControls()
{
    QAccessible::installFactory(disabledControl);
}

} // namespace Sparekey
