// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secrettext.h"

#include <QObject>
#include <QQuickItem>

namespace Sparekey {

/// What the tests in QML cannot do themselves: hold a secret, and look at the window as a screen
/// reader does.
class Probe : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Sparekey::SecretText *secret READ secret CONSTANT FINAL)

public:
    using QObject::QObject;

    /// A screen reader comes, or goes.
    Q_INVOKABLE void listen(bool there) const;

    [[nodiscard]] SecretText *secret() { return &m_secret; }
    Q_INVOKABLE void setSecret(const QString &text);
    Q_INVOKABLE void clearSecret();

    /// Everything that a screen reader can read in the window of `item`: names, descriptions,
    /// values and texts of the whole tree, one per line.
    Q_INVOKABLE QString heard(QQuickItem *item) const;
    /// The description of the one element with this name, or "(none)".
    Q_INVOKABLE QString descriptionOf(QQuickItem *item, const QString &name) const;
    /// The role of the one element with this name, as a number of `QAccessible::Role`.
    Q_INVOKABLE int roleOf(QQuickItem *item, const QString &name) const;
    /// Presses the element with this name as a screen reader does. False if there is none.
    Q_INVOKABLE bool press(QQuickItem *item, const QString &name) const;
    /// Types a letter as a keyboard with Caps Lock on does: upper case, without Shift.
    Q_INVOKABLE void typeCapsLocked(QQuickItem *item, const QString &letter) const;

private:
    SecretText m_secret;
};

} // namespace Sparekey
