// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keyforgetviewmodel.h"

#include "ui/keys/keyinventorymodel.h"

#include <utility>

namespace Sparekey {

KeyForgetViewModel::KeyForgetViewModel(KeyInventory &inventory, QObject *parent)
    : QObject(parent)
    , m_inventory(inventory)
{
}

KeyForgetViewModel::~KeyForgetViewModel() = default;

QString KeyForgetViewModel::keyName() const
{
    const InventoryKey *key = m_inventory.inventory().key(m_id);
    return key ? KeyInventoryModel::shownName(*key) : QString();
}

void KeyForgetViewModel::ask(const InventoryKey &key)
{
    m_id = key.id;
    Q_EMIT changed();
}

void KeyForgetViewModel::cancel()
{
    m_id.clear();
    Q_EMIT changed();
}

void KeyForgetViewModel::forget()
{
    if (isAsking())
        run(std::exchange(m_id, {}));
    Q_EMIT changed();
}

QCoro::Task<void> KeyForgetViewModel::run(QString id)
{
    const auto ticket = m_tasks.ticket();
    const InventoryKey *key = m_inventory.inventory().key(id);
    const QString name = key ? KeyInventoryModel::shownName(*key) : QString();
    const auto result = co_await m_inventory.forget(id);
    if (!ticket)
        co_return;
    if (result)
        Q_EMIT forgotten(tr("“%1” is forgotten.").arg(name));
    else
        Q_EMIT failed(result.error());
}

} // namespace Sparekey
