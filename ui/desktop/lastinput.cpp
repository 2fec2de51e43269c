// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/lastinput.h"

#include <QGuiApplication>
#include <QKeyEvent>

namespace Sparekey {

namespace {

// Held while something else is done, perhaps a click.
bool isModifier(int key)
{
    switch (key) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Meta:
    case Qt::Key_Alt:
    case Qt::Key_AltGr: return true;
    default: return false;
    }
}

} // namespace

LastInput::LastInput(QObject *parent)
    : QObject(parent)
{
    qGuiApp->installEventFilter(this);
}

LastInput::~LastInput() = default;

bool LastInput::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    // A key that is a shortcut comes as nothing else.
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        if (!isModifier(static_cast<const QKeyEvent *>(event)->key()))
            setByKey(true);
        break;
    case QEvent::MouseButtonPress:
    case QEvent::TabletPress:
    case QEvent::TouchBegin: setByKey(false); break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void LastInput::setByKey(bool byKey)
{
    if (byKey == m_byKey)
        return;
    m_byKey = byKey;
    Q_EMIT changed();
}

} // namespace Sparekey
