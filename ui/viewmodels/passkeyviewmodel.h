// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/hardware/hardwarekeys.h"
#include "ui/viewmodels/passkeylistmodel.h"
#include "ui/viewmodels/providerviewmodel.h"

namespace Sparekey {

/// Manage → Passkey: the registered keys, and removing them. What is registered is looked at once
/// more right before a key is removed: one server deletes even the last one, and asks for it at
/// sign-in from then on.
// The base is written with its namespace, or the QML type information does not find it.
class PasskeyViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Sparekey::PasskeyListModel *keys READ keys CONSTANT FINAL)
    /// Why no key can be added; empty if one can.
    Q_PROPERTY(QString addBlockedReason READ addBlockedReason NOTIFY changed FINAL)
    /// Why none of the keys can be removed alone; empty if one can.
    Q_PROPERTY(QString removeBlockedReason READ removeBlockedReason NOTIFY changed FINAL)
    /// "Remove …?" is being asked, about `keyToRemove`.
    Q_PROPERTY(bool askingToRemove READ isAskingToRemove NOTIFY changed FINAL)
    Q_PROPERTY(QString keyToRemove READ keyToRemove NOTIFY changed FINAL)

public:
    /// `keys` must outlive this object.
    PasskeyViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                     QObject *parent = nullptr);
    ~PasskeyViewModel() override;

    [[nodiscard]] PasskeyListModel *keys() { return &m_keys; }
    [[nodiscard]] QString addBlockedReason() const;
    [[nodiscard]] QString removeBlockedReason() const;
    [[nodiscard]] bool isAskingToRemove() const { return m_asked.has_value(); }
    [[nodiscard]] QString keyToRemove() const;
    [[nodiscard]] QStringList keyNames() const override;

    /// `row` as in `keys`.
    Q_INVOKABLE void askToRemove(int row);
    Q_INVOKABLE void keepKey();
    Q_INVOKABLE void removeKey();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;

private:
    QCoro::Task<void> remove(Passkey key);

    PasskeyListModel m_keys;
    std::optional<Passkey> m_asked;
};

} // namespace Sparekey
