// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/singleinstance.h"

#include "ui/desktop/sessionbus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sparekey {

namespace {

const QString Name = u"org.sparekey.Sparekey"_s;
const QString Path = u"/org/sparekey/Sparekey"_s;
constexpr auto Token = "activation-token"_L1;
// Long enough for a busy window; a program that hangs never answers.
constexpr std::chrono::milliseconds AnswerTimeout = 10s;

} // namespace

SingleInstance::SingleInstance(QObject *parent)
    : QObject(parent)
{
}

SingleInstance::~SingleInstance() = default;

SingleInstance::Role SingleInstance::claim(const StartOptions &options)
{
    if (!hasSessionBus())
        return Role::First;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return Role::First;
    // Before the name, because others call the object as soon as the name exists.
    bus.registerObject(Path, this, QDBusConnection::ExportScriptableSlots);
    const auto reply = bus.interface()->registerService(Name);
    if (!reply.isValid() || reply.value() == QDBusConnectionInterface::ServiceRegistered)
        return Role::First;
    bus.unregisterObject(Path);

    auto call = QDBusMessage::createMethodCall(Name, Path, Name, u"Start"_s);
    QVariantMap map = toMap(options);
    const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    if (!token.isEmpty())
        map.insert(Token, token);
    call << map;
    const auto answer = bus.call(call, QDBus::Block, static_cast<int>(AnswerTimeout.count()));
    return answer.type() == QDBusMessage::ReplyMessage ? Role::HandedOver : Role::NoAnswer;
}

void SingleInstance::Start(const QVariantMap &options)
{
    Q_EMIT startedAgain(startOptionsFromMap(options), options.value(Token).toString());
}

} // namespace Sparekey
