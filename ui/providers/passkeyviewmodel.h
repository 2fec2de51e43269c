// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "core/inventory/keyinventory.h"
#include "ui/providers/newpasskeyviewmodel.h"
#include "ui/providers/passkeylistmodel.h"
#include "ui/providers/passkeynotes.h"
#include "ui/providers/providerviewmodel.h"

namespace Sparekey {

/// Manage → Passkey: the registered keys, adding one and removing them. What is registered is
/// looked at once more right before a change: one server deletes even the last key, and asks for it
/// at sign-in from then on; another replaces the key whose number is given to a new one.
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
    /// What became of a removal is not known, and so not which keys there are; `keys` is empty.
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
    /// After it was saved: back to the list or, where the method is on only now, out of the dialog.
    Q_INVOKABLE void finishAdding();
    /// The same, and where there is one key alone in the ports, it is registered without further
    /// ado as soon as it is touched.
    Q_INVOKABLE void addKeyByTouch();
    /// Has the chosen key make a passkey, which can then be saved.
    Q_INVOKABLE void readKey();
    /// `readKey`, and saves it at once, by the name that is in the field then.
    Q_INVOKABLE void registerKey();
    Q_INVOKABLE void saveKey();

    /// `row` as in `keys`.
    Q_INVOKABLE void askToRemove(int row);
    Q_INVOKABLE void keepKey();
    Q_INVOKABLE void removeKey();
    /// Asks the server which keys there are, where that is not known.
    Q_INVOKABLE void readAgain();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;
    bool showError(const Error &error) override;
    void reloaded() override;

private:
    /// All that the server has, as the dialog and this computer note it.
    void take(const QList<Passkey> &keys);
    void tellWhenAdded();
    QCoro::Task<void> noteOutcome(PasskeyAddition addition, Result<void> outcome);
    QCoro::Task<void> remove(Passkey key);
    QCoro::Task<void> readNewKey();
    QCoro::Task<void> saveNewKey();
    QCoro::Task<void> readBack();
    void settle(const PasskeyDetails &now);
    void registerSoleKey();

    KeyInventory &m_inventory;
    PasskeyNotes m_notes;
    PasskeyListModel m_keys;
    NewPasskeyViewModel m_newKey;
    std::optional<Passkey> m_asked;
    std::optional<Passkey> m_unclear; ///< It may have been removed or, with the next, added.
    std::optional<PasskeyAddition> m_unclearAddition; ///< For the inventory, if it was.
    bool m_startsBySoleKey = false;
    bool m_registers = false; ///< What is read is saved at once.
};

} // namespace Sparekey
