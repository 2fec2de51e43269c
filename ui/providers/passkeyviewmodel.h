// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "ui/providers/newpasskeyviewmodel.h"
#include "ui/providers/passkeylistmodel.h"
#include "ui/providers/passkeyrecorder.h"
#include "ui/providers/providerviewmodel.h"

namespace Sparekey {

/// Manage → Passkey: shows the registered keys, adds and removes them. The list is read again right
/// before each change: one server deletes even the last key and then still asks for it at sign-in;
/// another replaces an existing key if a new one gets its number.
// The base is written with its namespace, or the QML type information does not find it.
class PasskeyViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Sparekey::PasskeyListModel *keys READ keys CONSTANT FINAL)
    Q_PROPERTY(Sparekey::NewPasskeyViewModel *newKey READ newKey CONSTANT FINAL)
    /// Why no key can be added; empty if one can.
    Q_PROPERTY(QString addBlockedReason READ addBlockedReason NOTIFY changed FINAL)
    /// Why none of the keys can be removed alone; empty if one can.
    Q_PROPERTY(QString removeBlockedReason READ removeBlockedReason NOTIFY changed FINAL)
    /// "Remove …?" is being asked, about `keyToRemove`.
    Q_PROPERTY(bool askingToRemove READ isAskingToRemove NOTIFY changed FINAL)
    Q_PROPERTY(QString keyToRemove READ keyToRemove NOTIFY changed FINAL)
    /// The outcome of adding or removing a key is not known, and so neither are the registered
    /// keys; `keys` is empty.
    Q_PROPERTY(bool keysUnknown READ areKeysUnknown NOTIFY changed FINAL)

public:
    /// Both services must outlive this object.
    PasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys, KeyInventory &inventory,
                     QObject *parent = nullptr);
    ~PasskeyViewModel() override;

    [[nodiscard]] PasskeyListModel *keys() { return &m_keys; }
    [[nodiscard]] NewPasskeyViewModel *newKey() { return &m_newKey; }
    [[nodiscard]] QString addBlockedReason() const;
    [[nodiscard]] QString removeBlockedReason() const;
    [[nodiscard]] bool isAskingToRemove() const { return m_asked.has_value(); }
    [[nodiscard]] QString keyToRemove() const;
    [[nodiscard]] QStringList keyNames() const override;
    [[nodiscard]] bool areKeysUnknown() const { return m_unclear.has_value(); }

    /// Begins to add a key.
    Q_INVOKABLE void addKey();
    /// Back to the list; a passkey that was not saved is dropped.
    Q_INVOKABLE void stopAdding();
    /// After saving: returns to the list or, if the key has turned the method on, leaves the
    /// dialog.
    Q_INVOKABLE void finishAdding();
    /// `addKey`; if exactly one key is plugged in, it is registered as soon as it is touched,
    /// without further questions.
    Q_INVOKABLE void addKeyByTouch();
    /// Makes a passkey with the chosen key, which can then be saved.
    Q_INVOKABLE void readKey();
    /// `readKey`, then saves at once, with the name that is in the field by then.
    Q_INVOKABLE void registerKey();
    Q_INVOKABLE void saveKey();

    /// `row` as in `keys`.
    Q_INVOKABLE void askToRemove(int row);
    Q_INVOKABLE void cancelRemove();
    Q_INVOKABLE void removeKey();
    /// Asks the server for the registered keys, if they are not known.
    Q_INVOKABLE void readAgain();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;
    bool showError(const Error &error) override;
    void reloaded() override;

private:
    /// Shows and records all keys that the server has.
    void setKeys(const QList<Passkey> &keys);
    void updateDatesAdded();
    QCoro::Task<void> recordOutcome(PasskeyAddition addition, Result<void> outcome);
    QCoro::Task<void> remove(Passkey key);
    QCoro::Task<void> readNewKey();
    QCoro::Task<void> saveNewKey();
    QCoro::Task<void> readBack();
    void settle(const PasskeyDetails &now);
    void registerSoleKey();

    KeyInventory &m_inventory;
    PasskeyRecorder m_recorder;
    PasskeyListModel m_keys;
    NewPasskeyViewModel m_newKey;
    std::optional<Passkey> m_asked;
    std::optional<Passkey> m_unclear; ///< Perhaps removed or, if the next is set, added.
    std::optional<PasskeyAddition> m_unclearAddition; ///< For the inventory, if the key was added.
    bool m_startsBySoleKey = false;
    bool m_registers = false; ///< A passkey that is read is saved at once.
};

} // namespace Sparekey
