// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/secret/secretentry.h"
#include "ui/secret/secretinput.h"
#include "ui/secret/secrettext.h"
#include "ui/secret/secrettextitem.h"

#include <QObject>
#include <QQuickItem>
#include <QVariantMap>

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

    /// What a view-model gets out of a field.
    Q_INVOKABLE QString take(Sparekey::SecretEntry *entry) const;
    Q_INVOKABLE QString copy(Sparekey::SecretEntry *entry) const;

    /// Everything that a screen reader can read in the window of `item`: names, descriptions,
    /// values and texts of the whole tree, one per line.
    Q_INVOKABLE QString heard(QQuickItem *item) const;
    /// The description of the one element with this name, or "(none)".
    Q_INVOKABLE QString descriptionOf(QQuickItem *item, const QString &name) const;
    /// The role of the one element with this name, as a number of `QAccessible::Role`.
    Q_INVOKABLE int roleOf(QQuickItem *item, const QString &name) const;
    /// What a screen reader says has the focus: the name of the control, if it can be seen and
    /// used.
    Q_INVOKABLE QString focused(QQuickItem *item) const;
    /// Presses the element with this name as a screen reader does. False if there is none.
    Q_INVOKABLE bool press(QQuickItem *item, const QString &name) const;
    /// Toggles the element with this name as a screen reader does. False if it cannot.
    Q_INVOKABLE bool toggle(QQuickItem *item, const QString &name) const;
    /// Counts the element with this name one up as a screen reader does. False if it cannot.
    Q_INVOKABLE bool increase(QQuickItem *item, const QString &name) const;
    /// The state that a screen reader hears of the element with this name.
    Q_INVOKABLE bool isChecked(QQuickItem *item, const QString &name) const;
    /// How many letters the item paints, and the box around them all: `letters`, `left`, `top`,
    /// `right`, `bottom`.
    Q_INVOKABLE QVariantMap lettersOf(Sparekey::SecretTextItem *item) const;
    /// What screen readers are told of a control: "disabled", "focusable", "checked" and what can
    /// be done with it, as one text.
    Q_INVOKABLE QString stateOf(QQuickItem *item, const QString &name) const;
    /// Whether each element on the way from the window to the control is the parent of the next.
    Q_INVOKABLE bool isInTree(QQuickItem *item, const QString &name) const;
    /// Types a letter as a keyboard with Caps Lock on does: upper case, without Shift.
    Q_INVOKABLE void typeCapsLocked(QQuickItem *item, const QString &letter) const;
    /// How many characters a field for secrets paints as such.
    Q_INVOKABLE int charactersOf(Sparekey::SecretInput *input) const;
    /// What an input method sends to an item.
    Q_INVOKABLE void composeInto(QQuickItem *item, const QString &preedit,
                                 const QString &committed) const;
    Q_INVOKABLE void putOnClipboard(const QString &text) const;
    Q_INVOKABLE QString clipboard() const;

private:
    SecretText m_secret;
};

} // namespace Sparekey
