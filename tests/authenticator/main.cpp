// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A software key for other processes: the tour and the demo. It is plugged into a Unix socket, and
// can be laid on a reader of vpcd. Standard input takes one JSON object a line and answers each
// with the state of the key; the program ends when it closes.
//
//   {"do":"plugIn"} {"do":"unplug"} {"do":"lay"} {"do":"take"} {"do":"touch"} {"do":"neverTouch"}
//   {"do":"touchAfter","milliseconds":800} {"do":"waitForBlinking","milliseconds":5000}
//   {"do":"setPin","pin":"1234"} {"do":"age","milliseconds":11000} {"do":"state"}
//   {"do":"otp","code":"cccc…"}: what the next tap on a reader tells.

#include "tests/authenticator/hidsocket.h"
#include "tests/authenticator/vpcdslot.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>
#include <string>

using namespace Qt::StringLiterals;
using namespace Sparekey;

namespace {

class LentKey
{
public:
    LentKey(const QString &socket, quint16 reader)
        : m_key(std::make_shared<SoftwareKey>())
        , m_port(m_key)
        , m_socket(m_port, socket.toLocal8Bit())
        , m_card(std::make_shared<KeyCard>(m_key))
        , m_slot(reader)
    {
    }

    QJsonObject obey(const QJsonObject &command)
    {
        const QString what = command.value("do"_L1).toString();
        const std::chrono::milliseconds time(command.value("milliseconds"_L1).toInt());
        bool done = true;
        if (what == "plugIn"_L1)
            m_port.plugIn();
        else if (what == "unplug"_L1)
            m_port.unplug();
        else if (what == "lay"_L1)
            done = m_slot.insert(m_card);
        else if (what == "take"_L1)
            m_slot.remove();
        else if (what == "touch"_L1)
            m_port.touch();
        else if (what == "touchAfter"_L1)
            m_port.touchAfter(time);
        else if (what == "neverTouch"_L1)
            m_port.neverTouch();
        else if (what == "waitForBlinking"_L1)
            done = m_port.waitForBlinking(time);
        else if (what == "setPin"_L1)
            m_key->setPin(command.value("pin"_L1).toString());
        else if (what == "age"_L1)
            m_key->age(time);
        else if (what == "otp"_L1)
            setCode(command.value("code"_L1).toString().toLatin1());
        else
            done = what == "state"_L1;
        return {{u"done"_s, done},
                {u"pluggedIn"_s, m_port.isPluggedIn()},
                {u"blinking"_s, m_port.isBlinking()},
                {u"hasPin"_s, m_key->hasPin()},
                {u"pinTriesLeft"_s, m_key->pinTriesLeft()},
                {u"credentials"_s, m_key->credentialCount()},
                {u"cardCommands"_s, m_slot.commandCount()}};
    }

private:
    /// The card is read by a thread of its own, so it is changed only beside the reader.
    void setCode(const QByteArray &code)
    {
        m_slot.remove();
        m_card->setNdef([code] { return KeyCard::uriMessage(4, "my.yubico.com/yk/#"_ba + code); });
    }

    std::shared_ptr<SoftwareKey> m_key;
    HidFront m_port;
    HidSocket m_socket;
    std::shared_ptr<KeyCard> m_card;
    VpcdSlot m_slot;
};

void print(const QJsonObject &object)
{
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.setApplicationDescription(u"A security key in software, for tests."_s);
    options.addHelpOption();
    options.addOption({u"socket"_s, u"Where the key is plugged in."_s, u"path"_s});
    options.addOption({u"reader"_s, u"Port of the vpcd slot to lay the key on."_s, u"port"_s,
                       QString::number(VpcdSlot::FirstPort)});
    options.process(application);
    const QString socket = options.value(u"socket"_s);
    const quint16 reader = options.value(u"reader"_s).toUShort();
    if (socket.isEmpty() || reader == 0)
        options.showHelp(2);

    LentKey key(socket, reader);
    print(key.obey({{u"do"_s, u"state"_s}}));
    std::string line;
    while (std::getline(std::cin, line))
        print(key.obey(QJsonDocument::fromJson(QByteArray::fromStdString(line)).object()));
    return 0;
}
