// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/cardsocket.h"

#include <QFile>
#include <QtEndian>

#include <sys/socket.h>

namespace Sparekey {

namespace {

constexpr qsizetype HeadSize = 2;
constexpr qsizetype MostAtOnce = 4096;

QByteArray fileIn(const QByteArray &folder, const char *name)
{
    return folder + '/' + name;
}

} // namespace

CardSocket::CardSocket(QByteArray folder)
    : m_folder(std::move(folder))
{
    QFile mark(QFile::decodeName(fileIn(m_folder, PortSocket::ReaderFile)));
    if (!mark.open(QIODevice::WriteOnly))
        qFatal("there can be no reader in %s", m_folder.constData());
}

CardSocket::~CardSocket()
{
    remove();
    QFile::remove(QFile::decodeName(fileIn(m_folder, PortSocket::ReaderFile)));
}

bool CardSocket::insert(std::shared_ptr<KeyCard> card)
{
    remove();
    m_card = std::move(card);
    m_removing = false;
    beginCard();
    m_thread = std::thread([this] { run(); });
    return true;
}

void CardSocket::remove()
{
    if (!m_thread.joinable())
        return;
    m_removing = true;
    m_wakeUp.wake();
    m_thread.join();
    m_card.reset();
}

void CardSocket::run()
{
    const PortSocket place(fileIn(m_folder, PortSocket::CardFile));
    bool isThere = true;
    while (isThere && !m_removing) {
        const auto [knocked] = m_wakeUp.sleep(std::array{place.descriptor()});
        if (!knocked)
            continue;
        const Descriptor connection = place.accept();
        if (!connection.isOpen())
            continue;
        m_card->powerUp();
        PortSocket::answer(connection, true);
        isThere = serve(place, connection);
    }
}

/// @return whether the card is still there
bool CardSocket::serve(const PortSocket &place, const Descriptor &connection)
{
    QByteArray received;
    while (!m_removing) {
        const auto [readable,
                    knocked] = m_wakeUp.sleep(std::array{connection.get(), place.descriptor()});
        if (knocked) {
            if (PortSocket::hasHungUp(connection))
                return true;
            PortSocket::answer(place.accept(), false);
        }
        if (!readable)
            continue;
        QByteArray part(MostAtOnce, '\0');
        const ssize_t count = ::recv(connection.get(), part.data(),
                                     static_cast<std::size_t>(part.size()), 0);
        if (count <= 0)
            return true;
        received += part.first(count);
        if (!answerCommands(connection, received))
            return false;
    }
    return false;
}

/// Takes all whole commands out of @p received. @return whether the card is still there
bool CardSocket::answerCommands(const Descriptor &connection, QByteArray &received)
{
    while (received.size() >= HeadSize) {
        const qsizetype size = qFromBigEndian<quint16>(received.constData());
        if (received.size() < HeadSize + size)
            return true;
        const QByteArray answer = m_card->transmit(received.mid(HeadSize, size));
        received.remove(0, HeadSize + size);
        QByteArray message(HeadSize, '\0');
        qToBigEndian(static_cast<quint16>(answer.size()), message.data());
        message += answer;
        // Should it fail, the program has gone, which is seen next.
        (void)::send(connection.get(), message.constData(),
                     static_cast<std::size_t>(message.size()), MSG_NOSIGNAL);
        if (!countCommand())
            return false;
    }
    return true;
}

} // namespace Sparekey
