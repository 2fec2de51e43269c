// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/ui/keyspage.h"

#include <QObject>

#include <memory>

namespace Sparekey {

/// Lets the tests in QML look at keys of software on the page Hardware keys.
class KeyBench : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Sparekey::HardwareKeysViewModel *page READ page NOTIFY pageChanged FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] HardwareKeysViewModel *page() const { return m_test ? &m_test->page : nullptr; }

    /// A fresh page without keys.
    Q_INVOKABLE void start();
    /// Ends it. No item may use it any more.
    Q_INVOKABLE void stop();

    /// Plugs in a key, which is touched at once and has this PIN, if any. @return its number
    Q_INVOKABLE int plugIn(const QString &name, const QString &pin = {});
    /// One of the time of U2F.
    Q_INVOKABLE int plugInOld(const QString &name);
    Q_INVOKABLE void pullOut(int key);
    Q_INVOKABLE void plugInAgain(int key);
    Q_INVOKABLE void forbid(int key);
    /// From now on nobody touches it.
    Q_INVOKABLE void neverTouch(int key);
    Q_INVOKABLE void touch(int key);
    /// From now on it tells only with its PIN what it holds.
    Q_INVOKABLE void makeSilent(int key);
    /// From now on it wants its PIN for everything.
    Q_INVOKABLE void demandPin(int key);
    Q_INVOKABLE void setTriesLeft(int key, int tries);
    Q_INVOKABLE void addReader(const QString &name);

    /// Registers it with an account of this email, which has these methods on; none: not known.
    Q_INVOKABLE bool enrol(int key, const QString &email, const QString &name,
                           const QList<int> &methods = {});
    Q_INVOKABLE void place(const QString &name, const QString &place);
    /// Has it keep a sign-in. It must have its PIN.
    Q_INVOKABLE bool keep(int key, const QString &site, const QString &user, const QString &pin);
    Q_INVOKABLE int entriesOn(int key) const;
    Q_INVOKABLE bool hasPin(int key) const;
    Q_INVOKABLE int resetsOf(int key) const;

Q_SIGNALS:
    void pageChanged();

private:
    std::unique_ptr<KeysPage> m_test;
    QList<KeysPage::Port *> m_ports;
};

} // namespace Sparekey
