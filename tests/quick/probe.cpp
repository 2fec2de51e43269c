// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probe.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QQuickWindow>

#include <functional>

namespace Sparekey {

using namespace Qt::StringLiterals;

namespace {

using Visit = std::function<void(QAccessibleInterface *)>;

void walk(QAccessibleInterface *element, const Visit &visit)
{
    if (element == nullptr || !element->isValid() || element->state().invisible)
        return;
    visit(element);
    for (int i = 0; i < element->childCount(); ++i)
        walk(element->child(i), visit);
}

QAccessibleInterface *root(QQuickItem *item)
{
    return item->window() ? QAccessible::queryAccessibleInterface(item->window()) : nullptr;
}

QAccessibleInterface *named(QQuickItem *item, const QString &name)
{
    QAccessibleInterface *found = nullptr;
    walk(root(item), [&](QAccessibleInterface *element) {
        if (!found && element->text(QAccessible::Name) == name)
            found = element;
    });
    return found;
}

} // namespace

void Probe::listen(bool there) const
{
    QAccessible::setActive(there);
}

void Probe::setSecret(const QString &text)
{
    m_secret.set(SecureBuffer::fromText(text));
}

void Probe::clearSecret()
{
    m_secret.clear();
}

QString Probe::heard(QQuickItem *item) const
{
    QStringList lines;
    walk(root(item), [&](QAccessibleInterface *element) {
        for (const auto part : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
            lines.append(element->text(part));
        if (auto *text = element->textInterface())
            lines.append(text->text(0, text->characterCount()));
        if (auto *value = element->valueInterface())
            lines.append(value->currentValue().toString());
    });
    return lines.join(u'\n');
}

QString Probe::descriptionOf(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    return element ? element->text(QAccessible::Description) : u"(none)"_s;
}

int Probe::roleOf(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    return element ? static_cast<int>(element->role()) : -1;
}

bool Probe::press(QQuickItem *item, const QString &name) const
{
    auto *element = named(item, name);
    if (!element || !element->actionInterface())
        return false;
    element->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    return true;
}

void Probe::typeCapsLocked(QQuickItem *item, const QString &letter) const
{
    const int key = letter.at(0).toUpper().unicode();
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier, letter.toUpper());
        QCoreApplication::sendEvent(item->window(), &event);
    }
}

} // namespace Sparekey
