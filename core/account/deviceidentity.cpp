// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/account/deviceidentity.h"

#include <QCoroSignal>
#include <QPointer>
#include <QUuid>

#include <utility>

namespace Sparekey {

namespace {

QString newIdentifier()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

DeviceIdentity::DeviceIdentity(Keyring &keyring, QObject *parent)
    : QObject(parent)
    , m_keyring(keyring)
{
}

QCoro::Task<ClientDevice> DeviceIdentity::device()
{
    const QPointer self(this);
    if (!m_identifier.isEmpty())
        co_return ClientDevice{.identifier = m_identifier};
    if (std::exchange(m_deciding, true)) {
        co_await qCoro(this, &DeviceIdentity::decided);
        co_return ClientDevice{.identifier = self ? m_identifier : QString()};
    }
    const auto kept = co_await readOrMake();
    if (!self)
        co_return ClientDevice();
    m_kept = kept.has_value();
    m_identifier = kept ? *kept : newIdentifier();
    const ClientDevice device{.identifier = m_identifier};
    Q_EMIT decided();
    co_return device;
}

QCoro::Task<Result<QString>> DeviceIdentity::read()
{
    const auto entry = co_await m_keyring.read(Entry);
    if (!entry)
        co_return fail(entry.error());
    const auto uuid = QUuid::fromString(QString::fromLatin1(entry->view()));
    co_return uuid.isNull() ? QString() : uuid.toString(QUuid::WithoutBraces);
}

QCoro::Task<Result<QString>> DeviceIdentity::readOrMake()
{
    const QPointer self(this);
    auto found = co_await read();
    if (!self || !found || !found->isEmpty())
        co_return found;
    // A keyring that stays locked has none to show either, and must keep the one that it has.
    const auto open = co_await m_keyring.unlock();
    if (!self)
        co_return fail(ErrorKind::Canceled);
    if (!open)
        co_return fail(open.error());
    found = co_await read();
    if (!self || !found || !found->isEmpty())
        co_return found;
    QString made = newIdentifier();
    const auto written = co_await m_keyring.write(Entry, SecureBuffer::fromText(made));
    if (!written)
        co_return fail(written.error());
    co_return made;
}

} // namespace Sparekey
