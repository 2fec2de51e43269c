// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/inventory.h"
#include "core/inventory/inventoryfile.h"
#include "core/result.h"
#include "core/task/taskguard.h"

#include <QCoroTask>

#include <QFuture>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace Sparekey {

/// The inventory, in its own file beside the settings. Contains no secrets. GUI thread; another
/// thread reads and writes the file, one change at a time.
///
/// A change takes effect once its task is done; until then, and if it fails, `inventory()` stays as
/// it was. The file is read again for each change, so that two programs at the same time lose
/// nothing. A task need not be awaited. Errors: those of `DataFile`, and `Canceled` if this object
/// was destroyed; a change that was started is written nevertheless.
class KeyInventory : public QObject
{
    Q_OBJECT

public:
    /// Nothing is read before the first call. `file` and its folder need not exist.
    explicit KeyInventory(QString file, QObject *parent = nullptr);
    /// Waits for what is being written.
    ~KeyInventory() override;

    /// The path of the inventory beside this settings file.
    [[nodiscard]] static QString fileBeside(const QString &settingsFile);

    [[nodiscard]] QString file() const { return m_file; }
    /// Empty until it has been read.
    [[nodiscard]] const Inventory &inventory() const { return m_inventory; }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Where a damaged file was kept since the start; empty if none was.
    [[nodiscard]] QString keptAside() const { return m_keptAside; }

    [[nodiscard]] QCoro::Task<Result<void>> load();

    // Each as in `Inventory`.

    /// `added` may be left out, as below.
    QCoro::Task<Result<void>> recordPending(KeyRegistration registration, KeyObservation seen);
    QCoro::Task<Result<void>> dropPending(QByteArray credentialId);
    /// @return the id of the key
    QCoro::Task<Result<QString>> recordRegistration(KeyRegistration registration,
                                                    KeyObservation seen);
    /// `id` is empty for a key that is not known yet. @return the id of the key
    QCoro::Task<Result<QString>> add(QString id, QString name, QString place,
                                     KnownCredential recognitionCredential, KeyObservation seen);
    QCoro::Task<Result<void>> recordSeen(KeyObservation seen);
    QCoro::Task<Result<void>> describe(QString id, QString name, QString place);
    QCoro::Task<Result<void>> forget(QString id);
    QCoro::Task<Result<void>> recordReset(QString id);
    QCoro::Task<Result<void>> recordDeletedFromKey(QByteArray credentialId);
    QCoro::Task<Result<void>> recordRemoval(QString accountKey, qint64 passkeyNumber);
    QCoro::Task<Result<void>> recordPasskeys(QString accountKey, QList<Passkey> all);
    QCoro::Task<Result<void>> recordMethods(QString accountKey, QList<ProviderType> on);

Q_SIGNALS:
    /// `inventory()`, `isLoaded()` or `keptAside()`.
    void changed();

private:
    using InventoryReading = DataFile<Inventory>::Reading;

    QCoro::Task<Result<void>> change(std::function<void(Inventory &)> how);
    QCoro::Task<Result<void>> await(QFuture<Result<InventoryReading>> running);

    QString m_file;
    Inventory m_inventory;
    QString m_keptAside;
    bool m_loaded = false;
    TaskGuard m_tasks;
    QThreadPool m_disk; ///< One thread, so that changes keep their order.
};

} // namespace Sparekey
