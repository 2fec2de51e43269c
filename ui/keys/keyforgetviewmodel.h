// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/inventory/keyinventory.h"
#include "core/task/taskguard.h"

#include <QCoroTask>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Asks "Forget this key?" and removes the key from the inventory. The key itself stays as it is.
class KeyForgetViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by HardwareKeysViewModel")
    /// The question is being asked, about `keyName`.
    Q_PROPERTY(bool asking READ isAsking NOTIFY changed FINAL)
    Q_PROPERTY(QString keyName READ keyName NOTIFY changed FINAL)

public:
    /// `inventory` must outlive this object.
    explicit KeyForgetViewModel(KeyInventory &inventory, QObject *parent = nullptr);
    ~KeyForgetViewModel() override;

    [[nodiscard]] bool isAsking() const { return !m_id.isEmpty(); }
    [[nodiscard]] QString keyName() const;

    void ask(const InventoryKey &key);
    /// Closes the question; the inventory stays as it is.
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void forget();

Q_SIGNALS:
    void changed();
    /// `message` is for a toast.
    void forgotten(const QString &message);
    void failed(const Sparekey::Error &error);

private:
    QCoro::Task<void> run(QString id);

    KeyInventory &m_inventory;
    TaskGuard m_tasks;
    QString m_id; ///< Of the key that is asked about.
};

} // namespace Sparekey
