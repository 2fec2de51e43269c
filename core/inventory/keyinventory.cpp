// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/inventory/keyinventory.h"

#include <QCoroFuture>

#include <QFileInfo>
#include <QUuid>
#include <QtConcurrent>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sparekey {

namespace {

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

KeyInventory::KeyInventory(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    m_disk.setMaxThreadCount(1);
}

KeyInventory::~KeyInventory()
{
    m_disk.waitForDone();
}

QString KeyInventory::fileBeside(const QString &settingsFile)
{
    const QFileInfo info(settingsFile);
    return u"%1/%2-keys.json"_s.arg(info.path(), info.completeBaseName());
}

QCoro::Task<Result<void>> KeyInventory::load()
{
    return await(
        QtConcurrent::run(&m_disk, [path = m_file] { return inventoryFile(path).read(); }));
}

QCoro::Task<Result<void>> KeyInventory::change(std::function<void(Inventory &)> how)
{
    return await(QtConcurrent::run(&m_disk, [path = m_file, how = std::move(how)] {
        return inventoryFile(path).change(how);
    }));
}

QCoro::Task<Result<void>> KeyInventory::await(QFuture<Result<InventoryReading>> running)
{
    const auto ticket = m_tasks.ticket();
    const Result<InventoryReading> reading = co_await running;
    if (!ticket)
        co_return fail(ErrorKind::Canceled);
    if (!reading)
        co_return fail(reading.error());
    const bool news = !m_loaded || m_inventory != reading->value || !reading->keptAside.isEmpty();
    m_loaded = true;
    m_inventory = reading->value;
    if (!reading->keptAside.isEmpty())
        m_keptAside = reading->keptAside;
    if (news)
        Q_EMIT changed();
    co_return Result<void>();
}

QCoro::Task<Result<void>> KeyInventory::recordPending(KeyRegistration registration,
                                                      KeyObservation seen)
{
    if (!registration.added.isValid())
        registration.added = QDateTime::currentDateTimeUtc();
    return change([registration = std::move(registration), seen = std::move(seen), id = newId()](
                      Inventory &inventory) { inventory.recordPending(registration, seen, id); });
}

QCoro::Task<Result<void>> KeyInventory::dropPending(QByteArray credentialId)
{
    return change(
        [id = std::move(credentialId)](Inventory &inventory) { inventory.dropPending(id); });
}

QCoro::Task<Result<QString>> KeyInventory::recordRegistration(KeyRegistration registration,
                                                              KeyObservation seen)
{
    const auto ticket = m_tasks.ticket();
    if (!registration.added.isValid())
        registration.added = QDateTime::currentDateTimeUtc();
    const QByteArray credentialId = registration.credentialId;
    std::function<void(Inventory &)> how = [registration = std::move(registration),
                                            seen = std::move(seen),
                                            id = newId()](Inventory &inventory) {
        inventory.recordRegistration(registration, seen, id);
    };
    const auto noted = co_await change(std::move(how));
    if (!noted)
        co_return fail(noted.error());
    const InventoryKey *key = ticket ? m_inventory.holderOf(credentialId) : nullptr;
    co_return key ? key->id : QString();
}

QCoro::Task<Result<QString>> KeyInventory::add(QString id, QString name, QString place,
                                               KnownCredential recognitionCredential,
                                               KeyObservation seen)
{
    const auto ticket = m_tasks.ticket();
    const QByteArray credentialId = recognitionCredential.id;
    if (id.isEmpty())
        id = newId();
    std::function<void(Inventory &)> how =
        [name = std::move(name), place = std::move(place),
         recognitionCredential = std::move(recognitionCredential), seen = std::move(seen),
         id = std::move(id)](Inventory &inventory) {
            inventory.add(name, place, recognitionCredential, seen, id);
        };
    const auto added = co_await change(std::move(how));
    if (!added)
        co_return fail(added.error());
    const InventoryKey *key = ticket ? m_inventory.holderOf(credentialId) : nullptr;
    co_return key ? key->id : QString();
}

QCoro::Task<Result<void>> KeyInventory::recordSeen(KeyObservation seen)
{
    return change([seen = std::move(seen)](Inventory &inventory) { inventory.recordSeen(seen); });
}

QCoro::Task<Result<void>> KeyInventory::describe(QString id, QString name, QString place)
{
    return change([id = std::move(id), name = std::move(name), place = std::move(place)](
                      Inventory &inventory) { inventory.describe(id, name, place); });
}

QCoro::Task<Result<void>> KeyInventory::forget(QString id)
{
    return change([id = std::move(id)](Inventory &inventory) { inventory.forget(id); });
}

QCoro::Task<Result<void>> KeyInventory::recordReset(QString id)
{
    return change([id = std::move(id)](Inventory &inventory) { inventory.recordReset(id); });
}

QCoro::Task<Result<void>> KeyInventory::recordDeletedFromKey(QByteArray credentialId)
{
    return change([id = std::move(credentialId)](Inventory &inventory) {
        inventory.recordDeletedFromKey(id);
    });
}

QCoro::Task<Result<void>> KeyInventory::recordRemoval(QString accountKey, qint64 passkeyNumber)
{
    return change([account = std::move(accountKey), passkeyNumber](Inventory &inventory) {
        inventory.recordRemoval(account, passkeyNumber);
    });
}

QCoro::Task<Result<void>> KeyInventory::recordPasskeys(QString accountKey, QList<Passkey> all)
{
    return change([account = std::move(accountKey), all = std::move(all)](Inventory &inventory) {
        inventory.recordPasskeys(account, all);
    });
}

QCoro::Task<Result<void>> KeyInventory::recordMethods(QString accountKey, QList<ProviderType> on)
{
    return change([account = std::move(accountKey), on = std::move(on),
                   now = QDateTime::currentDateTimeUtc()](Inventory &inventory) {
        inventory.recordMethods(account, on, now);
    });
}

} // namespace Sparekey
