// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desktop/lastinput.h"

#include <QGuiApplication>
#include <QKeyEvent>

namespace Sparekey {

namespace {

// Modifiers are also held during a click, so they do not count as keyboard use.
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
    // A shortcut key arrives only as `ShortcutOverride`.
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
