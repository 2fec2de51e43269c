// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keys/keynoteviewmodel.h"

#include "core/inventory/recognitionrequest.h"
#include "ui/keys/keepreply.h"
#include "ui/keys/keyinventorymodel.h"
#include "ui/messages/usermessage.h"

#include <memory>
#include <utility>

namespace Sparekey {

KeyNoteViewModel::KeyNoteViewModel(HardwareKeys &keys, KeyInventory &inventory, QObject *parent)
    : QObject(parent)
    , m_keys(keys)
    , m_inventory(inventory)
    , m_prompt(keys)
{
}

KeyNoteViewModel::~KeyNoteViewModel() = default;

void KeyNoteViewModel::begin()
{
    close();
    m_open = true;
}

void KeyNoteViewModel::beginEdit(const InventoryKey &key)
{
    begin();
    m_id = key.id;
    m_product = key.product;
    m_name = KeyInventoryModel::shownName(key);
    m_place = key.place;
    Q_EMIT changed();
}

void KeyNoteViewModel::beginAdd(const KeyDevice &device, const KeyInfo &info,
                                const QString &product, const InventoryKey *formerly)
{
    begin();
    m_adds = true;
    m_device = device;
    m_aaguid = info.aaguid;
    m_product = product;
    m_name = formerly ? KeyInventoryModel::shownName(*formerly) : product;
    m_place = formerly ? formerly->place : QString();
    m_id = formerly ? formerly->id : QString();
    Q_EMIT changed();
}

void KeyNoteViewModel::close()
{
    m_opening.cancel();
    m_prompt.cancel();
    m_id.clear();
    m_aaguid.clear();
    m_product.clear();
    m_name.clear();
    m_place.clear();
    m_nameErrorText.clear();
    m_errorText.clear();
    m_open = false;
    m_adds = false;
    m_busy = false;
    Q_EMIT changed();
}

void KeyNoteViewModel::save(const QString &name, const QString &place)
{
    if (!m_open || m_busy)
        return;
    m_errorText.clear();
    m_nameErrorText = name.trimmed().isEmpty() ? tr("Give the key a name.") : QString();
    if (!m_nameErrorText.isEmpty()) {
        Q_EMIT changed();
        Q_EMIT nameWanted();
        return;
    }
    m_busy = true;
    Q_EMIT changed();
    if (adds())
        runAdd(name, place);
    else
        runEdit(name, place);
}

QCoro::Task<void> KeyNoteViewModel::runEdit(QString name, QString place)
{
    const auto ticket = m_opening.ticket();
    const auto result = co_await m_inventory.describe(m_id, name, place);
    if (ticket)
        end(result, tr("“%1” was saved.").arg(name.simplified()));
}

QCoro::Task<void> KeyNoteViewModel::runAdd(QString name, QString place)
{
    const auto ticket = m_opening.ticket();
    const auto request = recognitionRequest(m_inventory.inventory().candidates());
    if (!request) {
        end(fail(request.error()), {});
        co_return;
    }
    const auto reply = std::make_shared<MakeCredentialReply>();
    KeyPromptViewModel::Action action;
    action.registers = true;
    action.run = [keys = &m_keys, request = *request, reply](KeyOperation *operation,
                                                             KeyDevice device, SecureBuffer pin) {
        return keepReply(keys->makeCredential(operation, std::move(device), request,
                                              std::move(pin)),
                         reply);
    };
    const auto made = co_await m_prompt.perform(m_device, std::move(action));
    if (!ticket)
        co_return;
    if (!made) {
        end(made, {});
        co_return;
    }
    KnownCredential credential{.rpId = request->rpId,
                               .id = reply->credentialId,
                               .publicKey = reply->publicKey};
    KeyObservation seen = KeyObservation::on(m_device, m_aaguid, reply->recognized);
    const auto added = co_await m_inventory.add(m_id, name, place, std::move(credential),
                                                std::move(seen));
    if (!ticket)
        co_return;
    const Result<void> result = added ? Result<void>() : Result<void>(fail(added.error()));
    end(result, tr("“%1” is one of your keys now.").arg(name.simplified()));
}

void KeyNoteViewModel::end(const Result<void> &result, const QString &message)
{
    if (result) {
        close();
        Q_EMIT done(message);
        return;
    }
    m_busy = false;
    m_errorText = userMessage(result.error());
    Q_EMIT changed();
}

} // namespace Sparekey
