// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/keylender.h"

#include "tests/authenticator/cardsocket.h"
#include "tests/authenticator/vpcdslot.h"

#include <QFile>

namespace Sparekey {

namespace {

std::unique_ptr<CardSlot> slotFor(const QString &folder, std::optional<quint16> vpcd)
{
    if (vpcd)
        return std::make_unique<VpcdSlot>(*vpcd);
    return std::make_unique<CardSocket>(QFile::encodeName(folder));
}

} // namespace

KeyLender::KeyLender(const QString &folder, std::optional<quint16> vpcd,
                     std::function<void()> listener)
    : m_key(std::make_shared<SoftwareKey>())
    , m_port(m_key, HidFront::Begin::Unplugged)
    , m_socket(m_port, QFile::encodeName(folder) + '/' + PortSocket::KeyFile)
    , m_card(std::make_shared<KeyCard>(m_key))
    , m_slot(slotFor(folder, vpcd))
{
    m_port.neverTouch();
    if (!listener)
        return;
    m_port.addListener(listener);
    m_slot->setListener(std::move(listener));
}

KeyLender::Place KeyLender::place() const
{
    if (m_port.isPluggedIn())
        return Place::Port;
    return m_onReader ? Place::Reader : Place::Aside;
}

void KeyLender::plugIn()
{
    putAside();
    m_port.plugIn();
}

bool KeyLender::placeOnReader()
{
    putAside();
    m_onReader = m_slot->insert(m_card);
    return m_onReader;
}

void KeyLender::putAside()
{
    m_port.unplug();
    m_slot->remove();
    m_onReader = false;
}

void KeyLender::setOneTimePassword(const QByteArray &code)
{
    putAside(); // a card on a reader belongs to another thread
    m_card->setNdef([code] { return KeyCard::uriMessage(4, "my.yubico.com/yk/#" + code); });
}

} // namespace Sparekey
