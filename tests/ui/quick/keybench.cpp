// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keybench.h"

namespace Sparekey {

void KeyBench::start()
{
    m_ports.clear();
    m_test = std::make_unique<KeysPage>();
    Q_EMIT pageChanged();
}

void KeyBench::stop()
{
    m_ports.clear();
    m_test.reset();
    Q_EMIT pageChanged();
}

int KeyBench::plugIn(const QString &name, const QString &pin)
{
    auto &port = m_test->plugIn(name);
    if (!pin.isEmpty())
        port.key->setPin(pin);
    m_ports.append(&port);
    return static_cast<int>(m_ports.size()) - 1;
}

int KeyBench::plugInOld(const QString &name)
{
    SoftwareKeyTraits traits;
    traits.ctap2 = false;
    m_ports.append(&m_test->plugIn(name, traits));
    return static_cast<int>(m_ports.size()) - 1;
}

void KeyBench::pullOut(int key)
{
    m_test->transport->pullOut(m_ports.at(key)->device);
}

void KeyBench::plugInAgain(int key)
{
    m_test->transport->plugInAgain(m_ports.at(key)->device);
}

void KeyBench::forbid(int key)
{
    m_test->transport->forbid(m_ports.at(key)->device);
}

void KeyBench::neverTouch(int key)
{
    m_ports.at(key)->front->neverTouch();
}

void KeyBench::touch(int key)
{
    // A touch before that is none.
    (void)QTest::qWaitFor([this, key] { return m_ports.at(key)->front->isBlinking(); });
    m_ports.at(key)->front->touch();
}

void KeyBench::makeSilent(int key)
{
    KeysPage::makeSilent(*m_ports.at(key));
}

void KeyBench::demandPin(int key)
{
    m_ports.at(key)->key->setAlwaysUv(true);
}

void KeyBench::setTriesLeft(int key, int tries)
{
    m_ports.at(key)->key->setPinRetries(tries);
}

void KeyBench::addReader(const QString &name)
{
    m_test->transport->addReader(name);
}

bool KeyBench::enrol(int key, const QString &email, const QString &name, const QList<int> &methods)
{
    m_test->emails.insert(email, email); // The key of an account is any text.
    const qint64 number = key + 1;
    if (m_test->enrol(*m_ports.at(key), email, number, name).isEmpty())
        return false;
    if (methods.isEmpty())
        return true;
    QList<ProviderType> on;
    for (const int method : methods)
        on.append(static_cast<ProviderType>(method));
    return outcomeOf(m_test->inventory.recordMethods(email, on)).has_value();
}

void KeyBench::place(const QString &name, const QString &place)
{
    for (const InventoryKey &key : m_test->inventory.inventory().keys()) {
        if (key.name == name) {
            (void)outcomeOf(m_test->inventory.describe(key.id, name, place));
            return;
        }
    }
}

bool KeyBench::keep(int key, const QString &site, const QString &user, const QString &pin)
{
    return m_test->keep(*m_ports.at(key), site, user, pin.toUtf8().constData());
}

int KeyBench::entriesOn(int key) const
{
    return m_ports.at(key)->key->discoverableCount();
}

bool KeyBench::hasPin(int key) const
{
    return m_ports.at(key)->key->hasPin();
}

int KeyBench::resetsOf(int key) const
{
    return m_ports.at(key)->key->commandCount(CtapCommand::Reset);
}

} // namespace Sparekey
