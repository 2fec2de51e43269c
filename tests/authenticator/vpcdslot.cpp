// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/authenticator/vpcdslot.h"

#include <QtEndian>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Sparekey {

namespace {

// Messages of one byte from the reader.
constexpr char PowerOff = 0x00;
constexpr char PowerOn = 0x01;
constexpr char Reset = 0x02;
constexpr char AnswerToReset = 0x04;

// T=1, and some historical bytes.
const QByteArray atr = QByteArray::fromHex("3b8d80018073c021c057597562694b6579f9");

bool readAll(int descriptor, QByteArray &bytes)
{
    qsizetype got = 0;
    while (got < bytes.size()) {
        const ssize_t count = recv(descriptor, bytes.data() + got,
                                   static_cast<std::size_t>(bytes.size() - got), 0);
        if (count <= 0)
            return false;
        got += count;
    }
    return true;
}

bool writeMessage(int descriptor, const QByteArray &content)
{
    QByteArray message(2, '\0');
    qToBigEndian(static_cast<quint16>(content.size()), message.data());
    message += content;
    return send(descriptor, message.constData(), static_cast<std::size_t>(message.size()),
                MSG_NOSIGNAL)
        == message.size();
}

} // namespace

VpcdSlot::VpcdSlot(quint16 port)
    : m_port(port)
{
}

VpcdSlot::~VpcdSlot()
{
    remove();
}

bool VpcdSlot::insert(std::shared_ptr<KeyCard> card)
{
    remove();
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = qToBigEndian(m_port);
    address.sin_addr.s_addr = qToBigEndian<quint32>(INADDR_LOOPBACK);
    if (connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close(descriptor);
        return false;
    }
    m_descriptor = descriptor;
    m_card = std::move(card);
    beginCard();
    m_hushed = false;
    m_thread = std::thread([this, descriptor] { run(descriptor); });
    return true;
}

void VpcdSlot::remove()
{
    if (m_descriptor < 0)
        return;
    shutdown(m_descriptor, SHUT_RDWR);
    m_thread.join();
    close(m_descriptor);
    m_descriptor = -1;
    m_card.reset();
}

void VpcdSlot::run(int descriptor)
{
    for (;;) {
        QByteArray head(2, '\0');
        if (!readAll(descriptor, head))
            return;
        QByteArray message(qFromBigEndian<quint16>(head.constData()), '\0');
        if (!readAll(descriptor, message))
            return;
        if (message.size() == 1) {
            switch (message.front()) {
            case PowerOn:
            case Reset: m_card->powerUp(); break;
            case AnswerToReset:
                if (!writeMessage(descriptor, atr))
                    return;
                break;
            case PowerOff:
            default: break;
            }
            continue;
        }
        const QByteArray answer = m_card->transmit(message);
        if (m_hushed) {
            (void)countCommand();
            continue;
        }
        if (!writeMessage(descriptor, answer))
            return;
        if (!countCommand()) {
            shutdown(descriptor, SHUT_RDWR);
            return;
        }
    }
}

} // namespace Sparekey
