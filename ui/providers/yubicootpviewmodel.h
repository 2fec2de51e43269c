// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/keys/otptapviewmodel.h"
#include "ui/providers/providerviewmodel.h"
#include "ui/providers/yubikeyslotmodel.h"
#include "ui/secret/secretentry.h"

#include <QTimer>

namespace Sparekey {

/// Manage → Yubico OTP security key. A save replaces all five keys of the account, so the stored
/// keys are read again right before it.
// The base is written with its namespace, or the QML type information does not find it.
class YubicoOtpViewModel : public Sparekey::ProviderViewModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TwoStepLoginViewModel")
    Q_PROPERTY(Sparekey::YubiKeySlotModel *keys READ keys CONSTANT FINAL)
    /// Reads codes from YubiKeys on a card reader; each goes into the first empty slot.
    Q_PROPERTY(Sparekey::OtpTapViewModel *otpTap READ otpTap CONSTANT FINAL)
    /// Phones will ask to hold a key to them.
    Q_PROPERTY(bool nfc READ isNfc WRITE setNfc NOTIFY changed FINAL)
    /// There are unsaved changes.
    Q_PROPERTY(bool modified READ isModified NOTIFY changed FINAL)

public:
    /// `keys` must outlive this object.
    YubicoOtpViewModel(std::shared_ptr<ProviderApi> api, HardwareKeys &keys,
                       QObject *parent = nullptr);
    ~YubicoOtpViewModel() override;

    [[nodiscard]] YubiKeySlotModel *keys() { return &m_keys; }
    [[nodiscard]] OtpTapViewModel *otpTap() { return &m_otpTap; }
    [[nodiscard]] bool isNfc() const { return m_nfc; }
    void setNfc(bool nfc);
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] QStringList keyNames() const override;

    // Slots count from 0.

    /// The field of an empty slot was edited. A complete code is accepted when no more letters
    /// follow.
    Q_INVOKABLE void edit(int slot, Sparekey::SecretEntry *code)
    {
        code->peek([this, slot](QStringView text) { edit(slot, text); });
    }
    void edit(int slot, QStringView text);
    /// Enter was pressed in the field, as keys do after each code: accepts the code, never saves.
    Q_INVOKABLE void enter(int slot);
    /// Empties the slot; the server keeps the key until `save`.
    Q_INVOKABLE void remove(int slot);
    Q_INVOKABLE void save();

Q_SIGNALS:
    /// This slot should be focused: the next key goes here, or it has an error.
    void slotWanted(int slot);
    /// No slot is empty any more.
    void nfcWanted();

protected:
    QCoro::Task<Result<void>> read(SharedProof proof) override;
    void forget() override;

private:
    /// The content of a field.
    enum class Entry {
        Empty,
        Code,
        Refused, ///< The reason is shown at the slot.
    };

    Entry takeEntry(int slot);
    void showNfc(const YubicoOtpDetails &details);
    QCoro::Task<void> write();
    void explainFailure(const Error &error);

    void takeTapped(SecureBuffer code);

    YubiKeySlotModel m_keys;
    OtpTapViewModel m_otpTap;
    QTimer m_entryEnd; ///< Runs while more letters may follow a complete code.
    int m_entrySlot = 0;
    bool m_nfc = false;
    bool m_storedNfc = false;
};

} // namespace Sparekey
