// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A software key for other processes: the tour. It is lent in a folder, and can be laid on a reader
// there or on one of vpcd. Standard input takes one JSON object a line and answers each with the
// state of the key; the program ends when it closes.
//
//   {"do":"plugIn"} {"do":"unplug"} {"do":"placeOnReader"} {"do":"removeFromReader"} {"do":"touch"}
//   {"do":"neverTouch"}
//   {"do":"touchAfter","milliseconds":800} {"do":"waitForBlinking","milliseconds":5000}
//   {"do":"setPin","pin":"1234"} {"do":"age","milliseconds":11000} {"do":"state"}
//   {"do":"otp","code":"cccc…"}: what the next tap on a reader tells.

#include "tests/authenticator/keylender.h"
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

QString placeName(KeyLender::Place place)
{
    switch (place) {
    case KeyLender::Place::Aside: break;
    case KeyLender::Place::Port: return u"port"_s;
    case KeyLender::Place::Reader: return u"reader"_s;
    }
    return u"aside"_s;
}

QJsonObject obey(KeyLender &lender, const QJsonObject &command)
{
    const QString what = command.value("do"_L1).toString();
    const std::chrono::milliseconds time(command.value("milliseconds"_L1).toInt());
    HidFront &port = lender.port();
    bool done = true;
    if (what == "plugIn"_L1)
        lender.plugIn();
    else if (what == "unplug"_L1 || what == "removeFromReader"_L1)
        lender.putAside();
    else if (what == "placeOnReader"_L1)
        done = lender.placeOnReader();
    else if (what == "touch"_L1)
        port.touch();
    else if (what == "touchAfter"_L1)
        port.touchAfter(time);
    else if (what == "neverTouch"_L1)
        port.neverTouch();
    else if (what == "waitForBlinking"_L1)
        done = port.waitForBlinking(time);
    else if (what == "setPin"_L1)
        lender.key().setPin(command.value("pin"_L1).toString());
    else if (what == "age"_L1)
        lender.key().age(time);
    else if (what == "otp"_L1)
        lender.setOneTimePassword(command.value("code"_L1).toString().toLatin1());
    else
        done = what == "state"_L1;
    return {{u"done"_s, done},
            {u"place"_s, placeName(lender.place())},
            {u"blinking"_s, port.isBlinking()},
            {u"hasPin"_s, lender.key().hasPin()},
            {u"pinRetriesLeft"_s, lender.key().pinRetriesLeft()},
            {u"credentials"_s, lender.key().credentialCount()},
            {u"cardCommands"_s, lender.cardCommands()}};
}

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
    options.addOption({u"folder"_s, u"Where the key is lent."_s, u"path"_s});
    options.addOption(
        {u"vpcd"_s,
         u"Lay the key on the slot of vpcd with this port, such as %1."_s.arg(VpcdSlot::FirstPort),
         u"port"_s});
    options.process(application);
    const QString folder = options.value(u"folder"_s);
    const quint16 vpcd = options.value(u"vpcd"_s).toUShort();
    if (folder.isEmpty() || (options.isSet(u"vpcd"_s) && vpcd == 0))
        options.showHelp(2);

    KeyLender lender(folder, vpcd == 0 ? std::nullopt : std::optional(vpcd));
    print(obey(lender, {{u"do"_s, u"state"_s}}));
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto command = QJsonDocument::fromJson(QByteArray::fromStdString(line));
        print(obey(lender, command.object()));
    }
    return 0;
}
